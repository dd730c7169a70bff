#pragma once

// What the arithmetic units of all threads do together when nothing has to come from memory, in billions of
// floating-point operations a second, measured for some `seconds`; 0 where this CPU has no vectors of the
// kind. `bfloat16` asks for products of bfloat16 summed in float32.
double vk_peak_rate(int bfloat16, double seconds);
