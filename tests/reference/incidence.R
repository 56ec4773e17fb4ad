# Rscript tests/reference/incidence.R > tests/reference/incidence_expected.json
# Aalen-Johansen estimates of R's survival package for 60 simulated spells with two causes, ages in common and delayed entry.
library(survival)
set.seed(1978)
n <- 60
from <- ifelse(runif(n) < 0.3, round(runif(n, 0, 4)), 0)
to <- from + pmax(1, round(rexp(n, 0.12)))
cause <- sample(0:2, n, TRUE, c(0.25, 0.45, 0.3))
id <- seq_len(n)
state <- factor(cause, 0:2, c("censored", "rupture", "other"))
list_of <- function(x) paste0("[", paste(format(x, digits = 12, trim = TRUE, scientific = FALSE), collapse = ", "), "]")
show <- function(name, from) {
  fit <- survfit(Surv(from, to, state) ~ 1, id = id, conf.type = "log-log")
  part <- function(of, k) list_of(of[, match(k, fit$states)])
  cat(sprintf('  "%s": {\n', name))
  cat('    "from": ', list_of(from), ',\n    "to": ', list_of(to), ',\n    "cause": ', list_of(cause), ',\n', sep = "")
  cat('    "age": ', list_of(fit$time), ',\n    "at_risk": ', list_of(fit$n.risk[, 1]), sep = "")
  for (k in c("rupture", "other"))
    cat(sprintf(',\n    "%s": {"estimate": %s,\n      "standard_error": %s}', k, part(fit$pstate, k), part(fit$std.err, k)))
  cat("\n  }")
}
cat('{\n  "source": "R ', as.character(getRversion()), ", survival ", as.character(packageVersion("survival")),
  ': survfit(Surv(from, to, state) ~ 1, id = id)",\n', sep = "")
show("from_the_start", rep(0, n)); cat(",\n"); show("delayed_entry", from)
cat("\n}\n")
