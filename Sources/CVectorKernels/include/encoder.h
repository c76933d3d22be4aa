// The kernels of the transformer encoder.
#pragma once
