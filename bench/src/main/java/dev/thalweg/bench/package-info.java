/// Measurements of Thalweg, never shipped: each program here prints the figures of one question.
///
/// * [TrainingSteps][dev.thalweg.bench.TrainingSteps]: steps per second of a whole training through
///   the public API, to be set beside steps written by hand (`tools/bench/steps`)
/// * [Warmup][dev.thalweg.bench.Warmup]: from the start of a process to full speed, also beside
///   another checkout
/// * [MatmulBench][dev.thalweg.bench.MatmulBench]: the matrix product beside another one
/// * [RuntimeLoops][dev.thalweg.bench.RuntimeLoops]: an update rule compiled while the program
///   runs, compiled with the project, and interpreted (`docs/decisions/0002`)
/// * [FirstSteps][dev.thalweg.bench.FirstSteps]: what optimizers cost at start, in processes of
///   their own
/// * [RuleLoops][dev.thalweg.bench.RuleLoops]: an update rule's loop beside loops by hand and C
///   that moves the same bytes
/// * [StepScopes][dev.thalweg.bench.StepScopes]: pooled arrays beside the heap
///   (`docs/decisions/0003`)
/// * [PredictRow][dev.thalweg.bench.PredictRow]: one row predicted from Java
/// * [ChunkedLayers][dev.thalweg.bench.ChunkedLayers]: rows that go through all layers in parts,
///   beside all at once (`docs/decisions/0007`)
/// * [ThreadSharing][dev.thalweg.bench.ThreadSharing]: each operation split between threads beside
///   the batch split into chunks (`docs/decisions/0005`)
///
/// All are run by `tools/bench/run`, as in
///
/// ```
/// tools/bench/run TrainingSteps wide 2
/// ```
///
/// Machines are noisy: absolute figures move by a third from run to run, ratios of what takes turns
/// in one process ([Turns][dev.thalweg.bench.Turns]) or in alternating processes
/// (`tools/bench/steps`) hold. Quote ratios, with the command and the CPU.
///
/// What must not enter: anything that another module needs, code of other frameworks or of
/// throw-away programs, and checks that belong into tests.
package dev.thalweg.bench;
