package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.CrossValidation;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A training from what was asked for to the run folder: [TrainPlan] is what is done, [TrainReport]
/// what came of it.
///
/// @param config what is asked for
/// @param grid what is searched before
/// @param follow how it can be followed while it runs
/// @param places where data sets are
/// @param place makes the place of the run, of what is done first if the JVM is told to end, and of
///   what takes a sentence for the user
/// @param resumed whether it goes on from a checkpoint in that place
/// @param picture to be drawn
/// @param plotMemory whether it shows the heap, too
record TrainRun(
    RunConfig config,
    GridOptions grid,
    FollowOptions follow,
    DataPlaces places,
    BiFunction<Runnable, Consumer<String>, RunPlace> place,
    boolean resumed,
    Optional<PlotFile> picture,
    boolean plotMemory) {

  /// Trains.
  ///
  /// @throws Failure if something asked for does not fit, or the JVM is told to end
  void run(Call call, Engine engine) {
    if (!resumed) {
      Rows.refuseFolder(config.data());
    }
    if (SceneData.isMeant(config.data().name())) {
      grid.refuse(SceneData.NAME + " has boxes");
      train(call, engine, ScenePlan.of(config));
      return;
    }
    if (config.data().ratings()) {
      grid.refuse(config.data().name() + " has ratings");
      var plan = RatingsPlan.of(config);
      MovieLens.named(config.data().name()).map(MovieLens::licence).ifPresent(call::note);
      train(call, engine, plan);
      return;
    }
    if (config.data().pairs()) {
      grid.refuse(config.data().name() + " has pairs of texts");
      train(call, engine, PairsPlan.of(config));
      return;
    }
    if (config.data().transcripts()) {
      grid.refuse(config.data().name() + " has transcripts");
      train(call, engine, TranscriptPlan.of(config));
      return;
    }
    if (TextData.isMeant(config.data())) {
      var name = config.data().name();
      grid.refuse(name + " is a text");
      if (!TextData.isName(name) && !config.data().text().language()) {
        TextData.tableInstead(name, TextData.read(name)).ifPresent(call::note);
      }
      train(call, engine, LanguagePlan.of(config));
      return;
    }
    config.data().text().options().keySet().stream()
        .filter(option -> !option.equals("tokenizer"))
        .forEach(option -> {
          throw Failure.usage(
              "--%s: is for texts, and %s has rows".formatted(option, config.data().name()));
        });
    train(call, engine);
  }

  private void train(Call call, Engine engine) {
    TrainPlan.expect(config, places, engine);
    Jdk.running().withoutFma().ifPresent(call::note);
    var search = grid.plan(config, places);
    var asked =
        search
            .map(GridPlan::whole)
            .orElseGet(
                () -> TrainPlan.of(config, Division.of(config.data(), config.seed(), places)));
    try (var progress = new Progress(call.surroundings(), "samples");
        var at = place.apply(progress::close, call::note)) {
      var quiet = call.options().quiet;
      changed(call, asked.division().train().sha256());
      asked.understanding().ifPresent(understood -> call.show(understood.text()));
      var found =
          search.map(
              points -> points.run(engine, quiet ? Optional.empty() : Optional.of(progress::grid)));
      found.ifPresent(points -> {
        progress.endGrid();
        call.show(points.text());
      });
      var plan = found.map(GridRun::plan).orElse(asked);
      Optional<Consumer<TrainingEvent>> observer = quiet ? Optional.empty() : Optional.of(progress);
      var validated =
          resumed
              ? Optional.<CrossValidation>empty()
              : plan.config().folds().map(k -> FoldedPlan.train(plan, k, engine, observer));
      var trained = followed(call, plan.config(), at, how -> plan.fit(engine, observer, how));
      at.check();
      var fitted = plan.decided(trained);
      var tested = plan.test().map(fitted::evaluate);
      var run =
          at.commit(folder -> {
            found.ifPresent(points -> folder.writeText(RunFolder.GRID, points.csv()));
            folder
                .write(fitted)
                .writeText(RunFolder.CONFIG, plan.config().yaml())
                .writeText(RunFolder.ENVIRONMENT, RunEnvironment.text(engine))
                .writeMetrics(fitted.history().orElseThrow());
          });
      var report =
          new TrainReport(
              plan, validated, trained, fitted, tested, run, at.weightsSha256(), engine);
      var json = report.json();
      found.ifPresent(points -> json.put("grid", points.json()));
      call.print(json, report.text());
      if (!quiet) {
        report.note().ifPresent(call::note);
      }
      finish(
          call,
          at,
          () ->
              picture.ifPresent(file ->
                  file.draw(
                      plan.config(),
                      fitted,
                      tested,
                      plan.test().flatMap(Dataset::images),
                      found,
                      plotMemory)));
    }
  }

  /// Trains, saved and followed as was asked for.
  private <M> M followed(
      Call call, RunConfig plan, RunPlace at, Function<UnaryOperator<Trainer>, M> fit) {
    try (var following =
        follow.follow(plan, at::stop, call::note, call.surroundings().err()::print)) {
      var saving = at.saving(plan, resumed, following::isToSave);
      return fit.apply(trainer -> following.on(saving.apply(trainer)));
    }
  }

  /// A file that has changed is said; a training does not go on with it.
  private void changed(Call call, Optional<String> now) {
    DataFile.changed(config.data(), now)
        .ifPresent(sentence -> {
          if (resumed) {
            throw Failure.working(sentence);
          }
          call.note(sentence);
        });
  }

  private <M, E> void train(Call call, Engine engine, ModelPlan<M, E> plan) {
    Jdk.running().withoutFma().ifPresent(call::note);
    try (var progress = new Progress(call.surroundings(), plan.unit());
        var at = place.apply(progress::close, call::note)) {
      changed(call, plan.sha256());
      Optional<Consumer<TrainingEvent>> observer =
          call.options().quiet ? Optional.empty() : Optional.of(progress);
      var model = followed(call, plan.config(), at, how -> plan.fit(engine, observer, how));
      at.check();
      var tested = plan.test(model);
      var run =
          at.commit(folder ->
              plan.write(folder, model)
                  .writeText(RunFolder.CONFIG, plan.config().yaml())
                  .writeText(RunFolder.ENVIRONMENT, RunEnvironment.text(engine))
                  .writeMetrics(plan.history(model)));
      var report = plan.report(model, tested, run, at.weightsSha256(), engine);
      call.print(report.json(), report.text());
      finish(call, at, () -> picture.ifPresent(file -> plan.draw(file, model, tested, plotMemory)));
    }
  }

  /// Draws the picture, and says at last where the run is, if it is not where it was to be.
  private static void finish(Call call, RunPlace place, Runnable picture) {
    var complaint = place.complaint();
    try {
      picture.run();
    } catch (Failure | UncheckedIOException noPicture) {
      complaint.ifPresent(call::note);
      throw noPicture;
    }
    complaint.ifPresent(sentence -> {
      throw Failure.working(sentence);
    });
  }
}
