// The C kernels of Freshet, one header per family. Invariant: kernels own no state beyond the choice of the SIMD
// level, read no more than their arguments describe, and never fail.
#pragma once

#include "cpu.h"
#include "distance.h"
#include "encoder.h"
