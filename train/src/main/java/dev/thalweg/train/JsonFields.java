package dev.thalweg.train;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object, each of the type that is asked for.
record JsonFields(JsonNode node) {

  JsonFields {
    if (!node.isObject()) {
      throw new IllegalArgumentException("expected a JSON object, found " + node.getNodeType());
    }
  }

  private JsonNode field(String name, String expected, boolean fits) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    if (!fits) {
      throw new IllegalArgumentException(
          name + ": expected " + expected + ", found " + shortened(value.toString()));
    }
    return value;
  }

  String text(String name) {
    JsonNode value = node.get(name);
    return field(name, "text", value != null && value.isString()).stringValue();
  }

  int integer(String name) {
    JsonNode value = node.get(name);
    return field(name, "a whole number", value != null && value.canConvertToInt()).intValue();
  }

  boolean bool(String name) {
    JsonNode value = node.get(name);
    return field(name, "true or false", value != null && value.isBoolean()).booleanValue();
  }

  double number(String name) {
    JsonNode value = node.get(name);
    return field(name, "a number", value != null && value.isNumber()).doubleValue();
  }

  boolean has(String name) {
    return node.has(name);
  }

  /// The object of this name.
  JsonFields object(String name) {
    JsonNode value = node.get(name);
    return new JsonFields(field(name, "an object", value != null && value.isObject()));
  }

  /// The objects in the list of this name.
  List<JsonFields> objects(String name) {
    JsonNode value = node.get(name);
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode item : field(name, "a list of objects", value != null && value.isArray())) {
      objects.add(new JsonFields(item));
    }
    return objects;
  }

  List<String> texts(String name) {
    JsonNode value = node.get(name);
    List<String> texts = new ArrayList<>();
    for (JsonNode item : field(name, "a list of texts", value != null && value.isArray())) {
      if (!item.isString()) {
        throw new IllegalArgumentException(
            name + ": expected texts, found " + shortened(item.toString()));
      }
      texts.add(item.stringValue());
    }
    return texts;
  }

  double[] numbers(String name) {
    JsonNode value = node.get(name);
    JsonNode list = field(name, "a list of numbers", value != null && value.isArray());
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode item = list.get(i);
      if (!item.isNumber()) {
        throw new IllegalArgumentException(
            name + ": expected numbers, found " + shortened(item.toString()));
      }
      numbers[i] = item.doubleValue();
    }
    return numbers;
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
