#pragma once
// Element-wise kernels that the tensors need beside oneDNN's primitives: random numbers, losses,
// optimiser steps and batch assembly. Plain C that the compiler vectorises once per kind of CPU;
// the loader picks the version at run time.

#include "Batches.h"
#include "Densities.h"
#include "Elementwise.h"
#include "GatherGEMM.h"
#include "Images.h"
#include "Latent.h"
#include "Layers.h"
#include "Losses.h"
#include "Optimizers.h"
#include "Parallel.h"
#include "Peak.h"
#include "Random.h"
#include "TotalCorrelation.h"
