package dev.thalweg.house;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What values lead to, through fields of our classes, elements of arrays and of collections; and
/// which of it can change: fields that aren't final, and objects of the JDK that are made to
/// change. Elements of arrays of numbers are not counted: whoever has one hides it.
final class Reached {
  /// By the field that can change: the static field that leads to it.
  private final SequencedMap<String, String> changing = new TreeMap<>();

  private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Deque<Step> open = new ArrayDeque<>();

  /// An object, and the field that holds it.
  private record Step(Object value, String field) {}

  Map<String, String> changing() {
    return changing;
  }

  /// Follows the value of a static field.
  void from(String field, @Nullable Object value) throws ReflectiveOperationException {
    visit(value, field);
    while (!open.isEmpty()) {
      Step step = open.removeLast();
      if (canChange(step.value)) {
        changing.putIfAbsent(step.field, field);
      } else {
        follow(step, field);
      }
    }
  }

  private void visit(@Nullable Object value, String field) {
    if (value != null && known.add(value)) {
      open.add(new Step(value, field));
    }
  }

  private void follow(Step step, String from) throws ReflectiveOperationException {
    switch (step.value) {
      case Object[] elements -> {
        for (Object element : elements) {
          visit(element, step.field);
        }
      }
      case Collection<?> elements -> elements.forEach(element -> visit(element, step.field));
      case Map<?, ?> map -> {
        map.keySet().forEach(key -> visit(key, step.field));
        map.values().forEach(element -> visit(element, step.field));
      }
      case Optional<?> optional -> visit(optional.orElse(null), step.field);
      default -> followFields(step.value, from);
    }
  }

  private void followFields(Object value, String from) throws ReflectiveOperationException {
    for (Class<?> type = value.getClass();
        type != null && type.getName().startsWith("dev.thalweg.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          String name = type.getName() + "." + field.getName();
          if (!Modifier.isFinal(field.getModifiers())) {
            changing.putIfAbsent(name, from);
          }
          field.setAccessible(true);
          visit(field.get(value), name);
        }
      }
    }
  }

  private static boolean canChange(Object value) {
    String type = value.getClass().getName();
    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      return !type.startsWith("java.util.ImmutableCollections")
          && !type.startsWith("java.util.Collections$Unmodifiable");
    }
    return value instanceof RandomGenerator
        || value instanceof Appendable
        || value instanceof ThreadLocal<?>
        || type.startsWith("java.util.concurrent.");
  }
}
