# Further results of EpiEstim on series and settings that the bundled data do not reach: zeros at the start, windows of one
# day and long ones, imported cases, other priors, short series, serial intervals that do not sum to 1, quiet endings.
# Rscript data/golden/make/epiestim-cases.R > data/golden/epiestim/cases.json
suppressMessages({library(EpiEstim); library(jsonlite)})
set.seed(20261124)
epidemic <- function(days, r, w, start) {
  cases <- c(start, rep(0, days - 1))
  for (t in 2:days) cases[t] <- rpois(1, r[min(t, length(r))] * sum(cases[(t - 1):max(1, t - length(w))] * w[1:min(t - 1, length(w))]))
  cases
}
w <- discr_si(1:20, 5, 2.5)
nil <- function(x) ifelse(is.na(x), NA, x)
one <- function(name, cases, config, method, imported = NULL) {
  incid <- if (is.null(imported)) cases else data.frame(local = cases - imported, imported = imported)
  fit <- suppressWarnings(suppressMessages(estimate_R(incid, method, config = do.call(make_config, c(list(incid = incid, method = method), config)))))
  wt <- NULL
  if (is.null(imported) && all(cases == round(cases))) {
    full <- do.call(make_config, c(list(incid = incid, method = method), config))
    wt <- tryCatch(suppressWarnings(wallinga_teunis(incid, method, config = list(t_start = full$t_start, t_end = full$t_end,
      n_sim = 0, si_distr = config$si_distr, mean_si = config$mean_si, std_si = config$std_si)))$R[, 1:3], error = function(e) NULL)
    if (!is.null(wt)) wt <- list(t_start = I(wt[[1]]), t_end = I(wt[[2]]), mean = I(wt[[3]]))
  }
  r <- fit$R
  names(r) <- c("t_start", "t_end", "mean", "sd", "q025", "q05", "q25", "median", "q75", "q95", "q975")
  list(name = name, cases = cases, imported = imported, method = method, config = config, R = lapply(as.list(r), I), wallinga_teunis = wt)
}
weekly <- function(mean_si, std_si, ...) list(mean_si = mean_si, std_si = std_si, ...)
wave <- epidemic(90, c(rep(1.8, 35), rep(0.7, 60)), w, 3)
zeros <- c(0, 0, 0, 0, 2, 0, 1, epidemic(40, 1.4, w, 2))
quiet <- c(epidemic(40, 0.9, w, 8), rep(0, 25))
big <- round(epidemic(120, c(rep(1.3, 60), rep(0.8, 60)), w, 400))
short <- c(1, 0, 2, 3, 1, 4, 6, 5, 9)
travel <- rpois(60, 0.6)
land <- epidemic(60, 1.1, w, 4) + travel
si_low <- c(0, 0.2, 0.35, 0.25, 0.12, 0.05, 0.02, 0.004)
si_high <- c(0, 0.2, 0.355, 0.25, 0.125, 0.05, 0.025)
cases <- list(
  one("a wave", wave, weekly(5, 2.5), "parametric_si"),
  one("zeros at the start", zeros, weekly(5, 2.5), "parametric_si"),
  one("a quiet ending", quiet, weekly(4.2, 3.1), "parametric_si"),
  one("large numbers", big, weekly(5.4, 1.2), "parametric_si"),
  one("the mean is a whole number reached at a window's end", wave, weekly(8, 3), "parametric_si"),
  one("a mean interval longer than the first windows", wave, weekly(15.3, 9.3), "parametric_si"),
  one("a series shorter than the interval", short, weekly(12.6, 2.8), "parametric_si"),
  one("a mean just above one day", wave, weekly(1.2, 0.8), "parametric_si"),
  one("a very wide interval", wave, weekly(3.3, 6), "parametric_si"),
  one("windows of one day", wave, weekly(5, 2.5, t_start = 2:90, t_end = 2:90), "parametric_si"),
  one("one window over all days", wave, weekly(5, 2.5, t_start = 2, t_end = 90), "parametric_si"),
  one("windows with gaps and overlaps", zeros, weekly(5, 2.5, t_start = c(3, 8, 20, 21, 40), t_end = c(9, 8, 33, 47, 41)), "parametric_si"),
  one("a fortnight in large numbers", big, weekly(5.4, 1.2, t_start = 2:107, t_end = 15:120), "parametric_si"),
  one("a tight prior", wave, weekly(5, 2.5, mean_prior = 1, std_prior = 0.2), "parametric_si"),
  one("a vague prior", quiet, weekly(5, 2.5, mean_prior = 2.6, std_prior = 7), "parametric_si"),
  one("an interval that sums to 0.994", wave, list(si_distr = si_low), "non_parametric_si"),
  one("an interval that sums to 1.005", zeros, list(si_distr = si_high), "non_parametric_si"),
  one("an interval of one day", wave, list(si_distr = c(0, 1)), "non_parametric_si"),
  one("a table longer than the series", short, list(si_distr = discr_si(0:40, 4, 2)), "non_parametric_si"),
  one("imported cases", land, weekly(5, 2.5), "parametric_si", travel),
  one("imported cases, table, single days", land, list(si_distr = si_low, t_start = 2:60, t_end = 2:60), "non_parametric_si", travel),
  one("shares of cases", wave / 3, weekly(5, 2.5), "parametric_si"),
  one("nothing but the first day", c(5, rep(0, 29)), weekly(5, 2.5), "parametric_si"),
  one("no case at all", rep(0, 30), weekly(5, 2.5), "parametric_si")
)
cat(toJSON(list(source = paste("EpiEstim", packageVersion("EpiEstim"), "on", R.version.string), made_by = "data/golden/make/epiestim-cases.R",
  discretised = lapply(list(c(2.6, 1.5), c(4.7, 2.9), c(8, 3), c(15.3, 9.3), c(1.2, 0.8), c(3.3, 6)), function(m) list(mean = m[1], sd = m[2], probabilities = discr_si(0:60, m[1], m[2]))),
  cases = cases), digits = I(15), auto_unbox = TRUE, null = "null", na = "null"), "\n")
