# A challenger in R, judged on held-out rows: Rscript challenger.R data.csv benchmark-folder predictions.csv
# It takes the benchmark's target and features, so what is ignored there (ids, leaks) is not used here.
library(rpart)
args <- commandArgs(TRUE)
data <- args[1]; folder <- args[2]; out <- args[length(args)]
lines <- function(file) readLines(file.path(folder, file), encoding = "UTF-8", warn = FALSE)
value <- function(text) gsub('\\\\(.)', "\\1", sub('^ *"[a-z]+": "?(.*?)"?,?$', "\\1", text, perl = TRUE))
benchmark <- lines("benchmark.json") # one member a line, indented by its depth: a column's own have three blanks
columns <- benchmark[grep('^ "columns"', benchmark)[1]:grep('^ "warnings"', benchmark)[1]]
names <- value(grep('^   "name": ', columns, value = TRUE))
roles <- value(grep('^   "role": ', columns, value = TRUE))
kinds <- value(grep('^   "kind": ', columns, value = TRUE))
regression <- value(grep('^ "task": ', benchmark, value = TRUE)) == "regression"
reading <- lines("model.json")
read <- function(key) value(grep(paste0('^   "', key, '": '), reading, value = TRUE)[1])
head <- readLines(data, 1, warn = FALSE)
separators <- c(",", ";", "\t", "|")
count <- sapply(separators, function(s) lengths(regmatches(head, gregexpr(s, head, fixed = TRUE))))
table <- read.csv(data, sep = separators[which.max(count)], header = FALSE, skip = as.integer(read("header") == "true"),
  col.names = names, check.names = FALSE, colClasses = "character", quote = '"', fill = TRUE, strip.white = TRUE, encoding = "UTF-8")
number <- function(cells) { # 1,234.5 and $5 are numbers
  plain <- gsub(paste0("[^0-9eE+", read("decimal"), "-]"), "", cells)
  suppressWarnings(as.numeric(sub(read("decimal"), ".", plain, fixed = TRUE)))
}
feature <- function(k) { # texts of many levels as numbers: a tree tries 2^levels splits of a factor
  if (kinds[k] == "number") return(number(table[[k]]))
  cells <- factor(table[[k]])
  if (nlevels(cells) > 20) as.integer(cells) else cells
}
splits <- read.csv(file.path(folder, "splits.csv"), check.names = FALSE)
splits <- splits[splits$`repeat` == 0, ]
rows <- function(part) splits$row[splits$part == part] + 1 # R counts from 1, splits.csv from 0
if (any(splits$part == "test")) stop(folder, " is scored on a separate test table: predict the rows of that one")
if (!any(splits$part == "holdout"))
  stop(folder, " has no held-out rows: predict each fold from the others, as challenger-folds.py does, or train with --holdout 0.2")
used <- which(roles == "feature")
if (length(used) == 0) stop(folder, " leaves no feature to learn from: train it without --ignore")
x <- as.data.frame(lapply(used, feature), col.names = paste0("x", seq_along(used)))
y <- table[[which(roles == "target")]]
y <- if (regression) number(y) else factor(y)
model <- rpart(y ~ ., data.frame(x, y)[rows("train"), ], method = if (regression) "anova" else "class")
answers <- predict(model, x[rows("holdout"), , drop = FALSE])
answers <- if (regression) data.frame(prediction = answers) else setNames(data.frame(answers), paste0("proba_", colnames(answers)))
write.csv(cbind(row = rows("holdout") - 1, answers), out, row.names = FALSE)
