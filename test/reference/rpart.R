# Trees with categories, and their pruning paths, from rpart: Rscript rpart.R > rpart.json
# R 4.2.2, rpart 4.1.19. Nodes come depth first, left before right; a level's letter gives its side at a split.
suppressMessages(library(rpart))
set.seed(5)
n <- 220
frame <- data.frame(
  number = sample(0:30, n, TRUE),
  shade = factor(sample(letters[1:7], n, TRUE), levels = letters[1:7]),
  town = factor(sample(LETTERS[1:12], n, TRUE), levels = LETTERS[1:12])
)
effect <- c(2, -1, 0.5, 3, -2, 0, 1)[frame$shade] + c(1, 4, -3, 0, 2, -1, 0.5, 3, -2, -4, 1.5, 2.5)[frame$town] * (frame$number > 12)
frame$y <- round(effect + rnorm(n), 4)
frame$yes <- as.integer(effect + rlogis(n, 0, 0.7) > 0.5)

quoted <- function(x) paste0('"', x, '"')
list_of <- function(x) paste0("[", paste(x, collapse = ","), "]")
number <- function(x) format(x, digits = 17, trim = TRUE, scientific = FALSE)

# Per node: the column, the cut (numbers) or the levels with rows on the left (categories), weight and prediction.
nodes <- function(fit, value) {
  primary <- which(fit$frame$var != "<leaf>")
  # splits lists each node's primary split, then its competitors and surrogates: none were kept.
  splits <- fit$splits
  stopifnot(nrow(splits) == length(primary))
  rows <- rep("", nrow(fit$frame))
  for (i in seq_len(nrow(fit$frame))) {
    name <- as.character(fit$frame$var[i])
    body <- ""
    if (name != "<leaf>") {
      s <- splits[match(i, primary), ]
      body <- if (abs(s["ncat"]) == 1) sprintf(',"low":"%s","cut":%s', if (s["ncat"] < 0) "left" else "right", number(s["index"]))
              else sprintf(',"one":%s,"other":%s', list_of(which(fit$csplit[s["index"], ] == 1) - 1), list_of(which(fit$csplit[s["index"], ] == 3) - 1))
    }
    rows[i] <- sprintf('{"column":%s%s,"weight":%s,"value":%s}', quoted(name), body, number(fit$frame$n[i]), number(value(fit, i)))
  }
  paste0("[", paste(rows, collapse = ","), "]")
}

control <- rpart.control(minsplit = 2, minbucket = 9, cp = -1, maxcompete = 0, maxsurrogate = 0, xval = 0, maxdepth = 6)
mean_tree <- rpart(y ~ number + shade + town, frame, method = "anova", control = control)
class_tree <- rpart(factor(yes) ~ number + shade + town, frame, method = "class", parms = list(split = "gini"), control = control)
table <- mean_tree$cptable
cat(sprintf('{"number":%s,"shade":%s,"town":%s,"y":%s,"yes":%s,"minLeaf":9,"maxDepth":6,"regression":%s,"binary":%s,"path":[%s]}\n',
  list_of(frame$number), list_of(as.integer(frame$shade) - 1), list_of(as.integer(frame$town) - 1), list_of(number(frame$y)), list_of(frame$yes),
  nodes(mean_tree, function(fit, i) fit$frame$yval[i]), nodes(class_tree, function(fit, i) fit$frame$yval2[i, 5]),
  paste(sprintf('{"cp":%s,"splits":%d}', number(table[, "CP"]), as.integer(table[, "nsplit"])), collapse = ",")))
