# Lasso and elastic net paths from glmnet: Rscript glmnet.R > glmnet.json
# R 4.2.2, glmnet 4.1.6. Coefficients are in the columns' own units, a list each for the penalties of the path. The second
# table has more columns than rows. Gaussian penalties are in units of the target's standard deviation (over n).
suppressMessages(library(glmnet))
set.seed(9)
json <- function(x) paste0("[", paste(format(x, digits = 12, trim = TRUE, scientific = FALSE), collapse = ","), "]")
rows_of <- function(m) paste0("[", paste(apply(m, 1, json), collapse = ","), "]")
tables <- c()
for (size in list(c(90, 8), c(40, 70))) {
  n <- size[1]; p <- size[2]
  x <- matrix(round(rnorm(n * p), 3), n, p) %*% diag(rep(c(1, 5, 0.2, 30), length.out = p))
  x[, 2] <- round(x[, 2] + 2 * x[, 1], 3)  # correlated, in other units
  x <- round(x, 3)
  score <- x[, 1] - 0.3 * x[, 2] + 2 * x[, 3] + 0.02 * x[, 4]
  y <- round(10 + 3 * (score + rnorm(n)), 3)
  yes <- as.integer(score + rlogis(n) > 0)
  kind <- max.col(cbind(score, -score, 0.4) + matrix(rnorm(3 * n), n)) - 1
  w <- round(runif(n, 0.3, 3), 2)
  cases <- c()
  for (alpha in c(1, 0.5)) for (weighted in c(FALSE, TRUE)) {
    own <- if (weighted) w else rep(1, n)
    sd_y <- sqrt(weighted.mean((y - weighted.mean(y, own))^2, own))
    path <- c(0.4, 0.1, 0.05, 0.02)
    fit <- function(t, family, scale = 1, ...)
      glmnet(x, t, family = family, weights = own, alpha = alpha, lambda = path * scale, standardize = TRUE, thresh = 1e-16, maxit = 1e7, ...)
    # The elastic net of a target in units of its deviation: glmnet does this itself.
    g <- fit(y / sd_y, "gaussian")
    b <- fit(yes, "binomial")
    m <- fit(kind, "multinomial", type.multinomial = "ungrouped")
    cases <- c(cases, sprintf('{"alpha":%s,"weighted":%s,"path":%s,"gaussian":{"intercepts":%s,"coefficients":%s},"binomial":{"intercepts":%s,"coefficients":%s},"multinomial":[%s]}',
      alpha, tolower(weighted), json(path),
      json(g$a0 * sd_y), rows_of(t(as.matrix(g$beta)) * sd_y), json(b$a0), rows_of(t(as.matrix(b$beta))),
      paste(sapply(1:3, function(k) sprintf('{"intercepts":%s,"coefficients":%s}', json(m$a0[k, ]), rows_of(t(as.matrix(m$beta[[k]]))))), collapse = ",")))
  }
  tables <- c(tables, sprintf('{"x":%s,"y":%s,"yes":%s,"kind":%s,"weights":%s,"cases":[%s]}',
    rows_of(t(x)), json(y), json(yes), json(kind), json(w), paste(cases, collapse = ",\n")))
}
cat("[", paste(tables, collapse = ",\n"), "]\n", sep = "")
