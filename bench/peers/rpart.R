# One measurement with R's rpart: Rscript rpart.R FOLDER SIZE WORK TASK. Depth 8, no cross-validation, no surrogates.
# Prints CPU seconds and a score as JSON. Run by main.mjs, with one thread.
library(rpart)
given <- commandArgs(TRUE)
table <- read.csv(file.path(given[1], paste0(given[2], ".csv")), na.strings = "")
classes <- given[4] == "binary"
y <- if (classes) factor(table$y_bin) else table$y_reg
table <- table[, setdiff(names(table), c("y_bin", "y_multi", "y_reg"))]
for (name in names(table)) if (is.character(table[[name]])) table[[name]] <- factor(table[[name]])
table$y <- y
cut <- floor(nrow(table) * 0.8)
train <- table[1:cut, ]
test <- table[-(1:cut), ]
control <- rpart.control(maxdepth = 8, cp = 0, xval = 0, minsplit = 2, minbucket = 1, maxcompete = 0, maxsurrogate = 0)
seconds <- function() sum(proc.time()[1:2])
started <- seconds()
model <- rpart(y ~ ., train, control = control)
fit <- seconds() - started
if (classes) {
  score <- sprintf('"accuracy":%.6f', mean(predict(model, test, type = "class") == test$y))
} else {
  score <- sprintf('"rmse":%.6f', sqrt(mean((predict(model, test) - test$y)^2)))
}
cat(sprintf('{"fits":[%.4f],"scores":{%s}}\n', fit, score))
