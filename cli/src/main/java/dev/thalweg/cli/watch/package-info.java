/// A page about a training that runs: a server on this machine alone, figures that stay bounded,
/// and what the page shows of them.
///
/// [Thinned] keeps a table of figures that grows no more when it is long, [WatchServer] gives pages
/// that know its address new rows as server-sent events, [WatchedTraining] fills the tables from
/// what a training tells. Charts are uPlot's (github.com/leeoniya/uPlot, MIT), from its WebJar; the
/// page has all that it needs within itself, and asks nobody else. Nothing here prints, or knows
/// the command line.
@NullMarked
package dev.thalweg.cli.watch;

import org.jspecify.annotations.NullMarked;
