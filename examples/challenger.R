# A challenger in R: Rscript challenger.R data.csv benchmark-folder target predictions.csv
library(rpart)
args <- commandArgs(TRUE)
table <- read.csv(args[1], check.names = FALSE, stringsAsFactors = TRUE)
splits <- read.csv(file.path(args[2], "splits.csv"))
splits <- splits[splits$repeat. == 0, ]
rows <- function(part) splits$row[splits$part == part] + 1 # R counts from 1, splits.csv from 0
y <- table[[args[3]]]
x <- table[names(table) != args[3]]
names(x) <- make.names(names(x))
model <- rpart(y ~ ., data.frame(x, y)[rows("train"), ], method = if (is.numeric(y)) "anova" else "class")
answers <- predict(model, x[rows("holdout"), ])
answers <- if (is.numeric(y)) data.frame(prediction = answers) else setNames(data.frame(answers), paste0("proba_", colnames(answers)))
write.csv(cbind(row = rows("holdout") - 1, answers), args[4], row.names = FALSE)
