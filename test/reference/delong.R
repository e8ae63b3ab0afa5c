# Reference values of DeLong's test from pROC 1.18.0.
# Run: Rscript delong.R > delong.json
suppressMessages(library(pROC))
set.seed(4)
cases <- list(
  list(y = c(0,0,0,0,0,0,1,1,1,1,1,1), a = c(.10,.20,.30,.35,.40,.60,.25,.45,.55,.70,.80,.90), b = c(.30,.10,.50,.40,.20,.70,.35,.30,.60,.65,.40,.80)))
for (n in c(40, 250)) {
  y <- rbinom(n, 1, .3)
  a <- round(y + rnorm(n), 1); b <- round(.5 * y + .5 * a + rnorm(n), 1)
  cases[[length(cases) + 1]] <- list(y = y, a = a, b = b)
}
number <- function(x) trimws(formatC(x, digits = 15, format = "g"))
array <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
lines <- sapply(cases, function(k) {
  ra <- roc(k$y, k$a, levels = c(0, 1), direction = "<", quiet = TRUE)
  rb <- roc(k$y, k$b, levels = c(0, 1), direction = "<", quiet = TRUE)
  two <- roc.test(ra, rb, method = "delong", paired = TRUE)
  one <- roc.test(ra, rb, method = "delong", paired = TRUE, alternative = "greater")
  paste0('{"y":', array(k$y), ',\n"a":', array(k$a), ',\n"b":', array(k$b),
    ',\n"aucA":', number(auc(ra)), ',"aucB":', number(auc(rb)), ',"varA":', number(var(ra)), ',"varB":', number(var(rb)),
    ',"cov":', number(cov(ra, rb)), ',"z":', number(two$statistic), ',"twoSided":', number(two$p.value), ',"greater":', number(one$p.value), '}')
})
cat(paste0("[", paste(lines, collapse = ",\n"), "]\n"))
