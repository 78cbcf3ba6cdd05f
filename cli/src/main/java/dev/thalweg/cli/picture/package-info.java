/// The picture of a training, `train --plot FILE.png`: the only code that draws.
///
/// [TrainingPicture] lays panels out under a heading; each panel is one chart of XChart:
/// [EpochCurves] for loss, score and memory, [ConfusionPanel] for classes, [PredictionPanel] for
/// numbers. [Style] is what they share: fonts, colours, margins.
///
/// ```java
/// var picture = new TrainingPicture("digits: mlp(128)", List.of("45 epochs, 2.5 s"), history);
/// picture.with("test rows", evaluation).write(Path.of("digits.png"));
/// ```
///
/// XChart and `java.desktop` are loaded when the first picture is drawn, not before: nothing
/// outside this package may name their classes. It draws into memory and never opens a window; the
/// launcher runs the JVM headless.
@NullMarked
package dev.thalweg.cli.picture;

import org.jspecify.annotations.NullMarked;
