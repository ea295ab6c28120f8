# Rscript estimate-rt.R <folder> <method>: estimate_R on every line of cases.csv; seconds and numbers go to the folder.
suppressMessages(library(EpiEstim))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
method <- arguments[2]
cases <- as.matrix(read.csv(file.path(folder, "cases.csv"), header = FALSE))
interval <- scan(file.path(folder, "interval.csv"), quiet = TRUE)
days <- ncol(cases)
weeks <- list(t_start = 2:(days - 6), t_end = 8:days)
settings <- if (method == "parametric_si") c(weeks, list(mean_si = 2.6, std_si = 1.5)) else c(weeks, list(si_distr = interval))
fits <- vector("list", nrow(cases))
started <- proc.time()[["elapsed"]]
for (i in seq_len(nrow(cases))) fits[[i]] <- suppressWarnings(estimate_R(cases[i, ], method, config = make_config(settings)))$R
seconds <- proc.time()[["elapsed"]] - started
answer <- unlist(lapply(fits, function(fit) t(as.matrix(fit[, 3:11]))))
answer[is.na(answer)] <- NaN
writeBin(answer, file.path(folder, "answer.bin"), size = 8)
writeLines(format(seconds, digits = 10), file.path(folder, "seconds.txt"))
