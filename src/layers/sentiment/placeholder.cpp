#include "layers/layer.hpp"
