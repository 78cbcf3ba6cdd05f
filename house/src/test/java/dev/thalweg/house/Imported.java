package dev.thalweg.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/// The classes of all modules as they are on the class path, without those of tests.
final class Imported {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages("dev.thalweg");

  private Imported() {}

  static JavaClasses classes() {
    return CLASSES;
  }
}
