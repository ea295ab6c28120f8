# Further results of surveillance on series and settings that the bundled data do not reach.
# Rscript data/golden/make/surveillance-cases.R > data/golden/surveillance/cases.json
suppressMessages({library(surveillance); library(jsonlite)})
set.seed(20261124)
seasonal <- function(years, mean, size, trend = 0, outbreaks = NULL) {
  t <- seq_len(52 * years)
  x <- rnbinom(length(t), mu = mean * exp(trend * t + 0.5 * cos(2 * pi * (t - 30) / 52)), size = size)
  for (o in outbreaks) x[o + 0:5] <- x[o + 0:5] + c(3, 8, 12, 9, 5, 2) * ceiling(mean)
  x
}
busy <- seasonal(7, 12, 5, 0.001, c(70, 200, 340))
calm <- seasonal(7, 1.2, 2, 0, c(150, 330))
rare <- seasonal(7, 0.12, 1, 0, 350)
rising <- seasonal(7, 4, 8, 0.006)
falling <- seasonal(7, 30, 10, -0.008)
silent <- c(rep(0, 52 * 5 + 40), rpois(64, 1.5))
gaps <- busy; gaps[c(60, 61, 148, 355)] <- NA
farrington <- function(name, counts, control, population = NULL) {
  control$glmWarnings <- FALSE
  if (is.null(control$range)) control$range <- 320:length(counts)
  s <- if (is.null(population)) sts(counts, frequency = 52, start = c(2010, 1))
    else sts(counts, frequency = 52, start = c(2010, 1), population = matrix(population))
  r <- suppressWarnings(farringtonFlexible(s, control))
  list(name = name, counts = counts, method = "farrington", control = control, population = population, upper = I(as.vector(upperbound(r))),
    alarm = I(as.vector(alarms(r)) > 0), expected = I(as.vector(r@control$expected)), trend = I(as.vector(r@control$trend)))
}
ears <- function(name, counts, control) {
  r <- suppressWarnings(earsC(sts(counts, frequency = 365, start = c(2010, 1)), control))
  list(name = name, counts = counts, method = control$method, control = control, from = r@control$range[1],
    upper = I(as.vector(upperbound(r))), alarm = I(as.vector(alarms(r)) > 0))
}
days <- rnbinom(150, mu = 6, size = 3); days[c(60:64, 120)] <- days[c(60:64, 120)] + 25
lull <- rpois(120, 0.3); lull[c(40, 41, 90)] <- c(3, 5, 4)
missing <- days; missing[c(30, 77)] <- NA
cases <- list(
  farrington("defaults", busy, list()),
  farrington("ten groups", busy, list(noPeriods = 10, pastWeeksNotIncluded = 26)),
  farrington("ten groups, plug-in", busy, list(noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin", alpha = 0.01)),
  farrington("ten groups, muan", busy, list(noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "muan")),
  farrington("no second fit", busy, list(reweight = FALSE, noPeriods = 10)),
  farrington("a strict second fit", busy, list(weightsThreshold = 1, noPeriods = 7, b = 4, w = 2)),
  farrington("always a trend", rising, list(pThresholdTrend = 1)),
  farrington("a rising trend", rising, list(noPeriods = 10, pastWeeksNotIncluded = 26)),
  farrington("a falling trend", falling, list(noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin")),
  farrington("no trend", rising, list(trend = FALSE, noPeriods = 5)),
  farrington("two years", busy, list(b = 2, w = 4)),
  farrington("two years always a trend", rising, list(b = 2, w = 4, pThresholdTrend = 1)),
  farrington("a square root", busy, list(powertrans = "1/2")),
  farrington("no transform", busy, list(powertrans = "none", alpha = 0.001)),
  farrington("few cases", calm, list(noPeriods = 10, pastWeeksNotIncluded = 26)),
  farrington("few cases, plug-in, other limit", calm, list(noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin", limit54 = c(2, 3))),
  farrington("rare cases", rare, list(noPeriods = 4, limit54 = c(0, 4), alpha = 0.01)),
  farrington("rare cases, windows only", rare, list(limit54 = c(0, 4), thresholdMethod = "muan")),
  farrington("nothing in the history", silent, list(b = 4, limit54 = c(0, 1), range = 300:310)),
  farrington("missing weeks", gaps, list(noPeriods = 10, pastWeeksNotIncluded = 26)),
  farrington("recent weeks kept", busy, list(pastWeeksNotIncluded = 1, w = 4)),
  farrington("the earliest week", busy, list(b = 3, w = 3, range = 160:180, noPeriods = 6)),
  farrington("one week a year", busy, list(w = 0, b = 5)),
  ears("C1", days, list(method = "C1")),
  ears("C2", days, list(method = "C2", alpha = 0.01)),
  ears("C3", days, list(method = "C3")),
  ears("C1 in a lull", lull, list(method = "C1")),
  ears("C2 in a lull", lull, list(method = "C2", baseline = 14)),
  ears("C3 in a lull", lull, list(method = "C3")),
  ears("C3 in a lull with a least deviation", lull, list(method = "C3", minSigma = 0.5, baseline = 3)),
  ears("C1 with a least deviation", lull, list(method = "C1", minSigma = 1, range = 30:60)),
  ears("C1 with missing days", missing, list(method = "C1")),
  ears("C3 with missing days", missing, list(method = "C3"))
)
# A population that doubles, and one that halves in a year: with the offset the rate is constant in both.
people <- round(2e5 * 2^((1:364) / 364)); served <- rpois(364, people * 4e-5)
leaving <- round(9e4 * 0.5^(pmax(0, (1:364) - 250) / 52)); left <- rnbinom(364, mu = leaving * 1e-4 * exp(0.3 * cos(2 * pi * (1:364) / 52)), size = 6)
cases <- c(cases, list(
  farrington("a growing population", served, list(populationOffset = TRUE), people),
  farrington("a growing population, ten groups, plug-in", served, list(populationOffset = TRUE, noPeriods = 10, pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin"), people),
  farrington("a shrinking population", left, list(populationOffset = TRUE, noPeriods = 10, pastWeeksNotIncluded = 26, alpha = 0.01), leaving),
  farrington("a shrinking population, always a trend", left, list(populationOffset = TRUE, pThresholdTrend = 1, thresholdMethod = "muan", reweight = FALSE), leaving),
  farrington("a population that does not count", left, list(noPeriods = 4), leaving)
))
cat(toJSON(list(source = paste("surveillance", packageVersion("surveillance"), "on", R.version.string), made_by = "data/golden/make/surveillance-cases.R",
  cases = cases), digits = I(15), auto_unbox = TRUE, null = "null", na = "null"), "\n")
