# Hodges-Lehmann estimates with exact bounds, and exact p values at a margin, from R's own wilcox.test (stats 4.2.2).
# Run: Rscript signed-rank.R > signed-rank.json
set.seed(6)
cases <- list(round(rnorm(6, .5), 3), round(rnorm(12, .2), 4), round(rexp(25) - .6, 5), round(rt(40, 2) + .3, 5))
number <- function(x) trimws(formatC(x, digits = 15, format = "g"))
array <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
lines <- sapply(cases, function(d) {
  two <- wilcox.test(d, conf.int = TRUE, conf.level = .90, exact = TRUE)
  above <- wilcox.test(d, mu = .1, alternative = "greater", exact = TRUE)$p.value
  below <- wilcox.test(d, mu = .1, alternative = "less", exact = TRUE)$p.value
  paste0('{"d":', array(d), ',"margin":0.1,"gain":', number(two$estimate), ',"lower":', number(two$conf.int[1]),
    ',"upper":', number(two$conf.int[2]), ',"p":', number(above), ',"pBelow":', number(below), '}')
})
cat(paste0("[", paste(lines, collapse = ",\n"), "]\n"))
