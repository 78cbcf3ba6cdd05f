package dev.thalweg.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a run by what moves them: those of one group of settings, or of a shape for
/// which a rule has a formula of its own, or of layers that are moved otherwise, are one part.
///
/// Stages before the rule that need a norm or mean over all parameters see all of them: they are a
/// part of their own, the front, which makes the gradients of the others; its slots have names that
/// begin with `before.`.
final class Partition {
  /// What makes two parameters be of one part: the same groups and formulas, and the same rate and
  /// beginning by the depth of their layers.
  private record Key(List<Group> groups, List<String> formulas, double rate, long begin) {}

  private final Optimizer optimizer;
  private final List<Parameter> parameters;
  private final Map<Key, List<Integer>> members = new LinkedHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();
  private final int[][] places;
  private @Nullable Part front;

  /// @param chain of the optimizer where all parameters are moved by it alike
  Partition(Optimizer optimizer, Chain chain, List<Parameter> parameters) {
    this.optimizer = optimizer;
    this.parameters = parameters;
    places = new int[parameters.size()][];
    var resolved = new ArrayList<Optimizer>();
    var layering = new Layering(optimizer.stages(), parameters);
    for (int i = 0; i < places.length; i++) {
      Parameter parameter = parameters.get(i);
      List<Group> groups = groups(parameter);
      Optimizer one = optimizer.resolved(groups, parameter);
      var key =
          new Key(groups, one.formulas(), layering.rate(parameter), layering.begin(parameter));
      List<Integer> known = members.get(key);
      if (known == null) {
        known = new ArrayList<>();
        members.put(key, known);
        resolved.add(one);
      }
      known.add(i);
    }
    checkUsed();
    var chains = new ArrayList<Chain>();
    for (Optimizer one : resolved) {
      // the optimizer itself for all that no group is about
      boolean own = one.equals(optimizer) || one.equals(new Optimizer(optimizer.stages()));
      own &= one.formulas().equals(optimizer.formulas());
      chains.add(own ? chain : one.chain());
    }
    int behind = needsFront(chains) ? optimizer.stagesBeforeRule() : 0;
    if (behind > 0) {
      front = new Part(optimizer, Chain.front(optimizer.stages(), behind), parameters, "before.");
    }
    int number = 0;
    for (Map.Entry<Key, List<Integer>> member : members.entrySet()) {
      List<Integer> indices = member.getValue();
      Optimizer one = resolved.get(number);
      Chain own = behind > 0 ? Chain.behind(one.stages(), behind) : chains.get(number);
      if (members.size() > 1 && own.requests() > 0) {
        throw new IllegalArgumentException(
            "%s: a rule that asks for further gradients can't be one of several in groups"
                .formatted(one.name()));
      }
      if (members.size() > 1 && own.isGlobal()) {
        throw new IllegalArgumentException(
            "%s: a rule with a number over all parameters can't be one of several in groups"
                .formatted(one.name()));
      }
      var moved = new ArrayList<Parameter>(indices.size());
      for (int i = 0; i < indices.size(); i++) {
        places[indices.get(i)] = new int[] {number, i};
        moved.add(parameters.get(indices.get(i)));
      }
      var part = new Part(one, own, List.copyOf(moved));
      part.setBegin(member.getKey().begin);
      parts.add(part);
      rates.add(member.getKey().rate);
      number++;
    }
  }

  /// The groups that a parameter is in.
  ///
  /// @throws IllegalArgumentException if two of them say something about the same
  private List<Group> groups(Parameter parameter) {
    var matching = new ArrayList<Group>();
    for (Group group : optimizer.groups()) {
      if (!group.where().matches(parameter)) {
        continue;
      }
      for (Group other : matching) {
        boolean both = group.other() != null || other.other() != null;
        for (String name : group.changes().keySet()) {
          both |= other.changes().containsKey(name);
        }
        if (both) {
          throw new IllegalArgumentException(
              "optimizer: parameter %s is in two groups that say the same, 'for %s' and 'for %s'"
                  .formatted(parameter.name(), other.where(), group.where()));
        }
      }
      matching.add(group);
    }
    return List.copyOf(matching);
  }

  private void checkUsed() {
    for (Group group : optimizer.groups()) {
      boolean used = false;
      for (Key key : members.keySet()) {
        used |= key.groups.contains(group);
      }
      if (!used) {
        var names = new ArrayList<String>();
        for (Parameter parameter : parameters) {
          names.add(parameter.name());
        }
        throw new IllegalArgumentException(
            "optimizer: no parameter is in the group 'for %s'; parameters: %s"
                .formatted(group.where(), String.join(", ", names)));
      }
    }
  }

  private static boolean needsFront(List<Chain> chains) {
    for (Chain chain : chains) {
      if (chains.size() > 1 && (chain.isGlobal() || chain.requests() > 0)) {
        return true;
      }
    }
    return false;
  }

  /// The parts, each with some of the parameters.
  List<Part> parts() {
    return parts;
  }

  /// By part: what its rate is multiplied by.
  List<Double> rates() {
    return rates;
  }

  /// By parameter: its part, and its place there.
  int[][] places() {
    return Arrays.copyOf(places, places.length);
  }

  /// What makes the gradients of the parts; null where they take them as they are given.
  @Nullable Part front() {
    return front;
  }
}
