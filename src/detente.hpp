// The whole core in one include, for programs that use Détente as a library: from a record in memory to fits, forecasts,
// track records and simulated worlds.  examples/ has a program; docs/guide/library.md says how to build one.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "effects/catalogue.hpp"
#include "estimate/compare.hpp"
#include "estimate/diagnose.hpp"
#include "estimate/fit.hpp"
#include "forecast/actor_profile.hpp"
#include "forecast/alliances.hpp"
#include "forecast/backtest.hpp"
#include "forecast/forecast.hpp"
#include "hazard/model.hpp"
#include "layers/catalogue.hpp"
#include "log/as_of.hpp"
#include "log/record.hpp"
#include "log/validate.hpp"
#include "memory/infer_ties.hpp"
#include "simulate/ensemble_run.hpp"
#include "simulate/scenario.hpp"
#include "simulate/whatif.hpp"
