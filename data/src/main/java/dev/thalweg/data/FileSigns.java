package dev.thalweg.data;

/// Which signs stand before fractions where that is beyond doubt, anywhere in a file.
record FileSigns(boolean point, boolean comma) {

  static final FileSigns NONE = new FileSigns(false, false);

  FileSigns and(FileSigns other) {
    return new FileSigns(point || other.point, comma || other.comma);
  }

  boolean onlyPoint() {
    return point && !comma;
  }

  boolean onlyComma() {
    return comma && !point;
  }
}
