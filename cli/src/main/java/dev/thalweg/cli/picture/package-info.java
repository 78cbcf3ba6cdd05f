/// The pictures of `train --plot FILE.png` and `data --plot FILE.png`: the only code that draws.
///
/// [TrainingPicture] lays panels out under a heading; a [Panel] is one chart of XChart:
/// [EpochCurves] for loss, score and memory, [ConfusionPanel] for classes, [PredictionPanel] for
/// numbers, [SurfacePanel] for a grid; or [Tiles], small images with frames and texts.
/// [ContactSheet] has samples of each class. [Style] is what they share: fonts, colours, margins.
///
/// ```java
/// Picture picture = new Tiles("scenes", 240, List.of(new Tile(Pixels.of(images, 0), frames, lines)));
/// picture.write(Path.of("scenes.png"));
/// ```
///
/// XChart and `java.desktop` are loaded when the first picture is drawn, not before: nothing
/// outside this package may name their classes. It draws into memory and never opens a window; the
/// launcher runs the JVM headless.
@NullMarked
package dev.thalweg.cli.picture;

import org.jspecify.annotations.NullMarked;
