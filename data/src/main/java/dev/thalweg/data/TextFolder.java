package dev.thalweg.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Text files in a folder that has one for each class, `mails/spam/1.txt`, as a table.
final class TextFolder implements ColumnKinds {

  private static final String TEXT = "text";
  private static final String CLASS = "class";

  private final List<String> texts;
  private final List<String> classNames;

  private TextFolder(List<String> texts, List<String> classNames) {
    this.texts = texts;
    this.classNames = classNames;
  }

  /// Whether the first file that is found in a folder is called as a text.
  static boolean isMeant(Path folder) {
    return ImageFolder.isFirst(folder, TextFolder::isNamedAsText);
  }

  private static boolean isNamedAsText(Path file) {
    return ImageFolder.name(file).toLowerCase(Locale.ROOT).endsWith(".txt");
  }

  /// Reads them.
  ///
  /// @throws DataException if one can't be read, is empty or something else than UTF-8
  static Table read(Path root, TextForm form) {
    ImageFolder files = ImageFolder.of(root, "texts", TextFolder::isNamedAsText);
    TableOptions options = TableOptions.target(CLASS).withTexts(TEXT).withForm(form);
    String title = ImageFolder.title(root);
    var roles = new ColumnRoles(title, List.of(TEXT, CLASS), _ -> "", options);
    var reader = new TableReader(roles, options);
    var texts = new ArrayList<String>();
    for (int i = 0; i < files.files().size(); i++) {
      texts.add(Texts.read(files.files().get(i)));
      reader.add(new double[] {i, files.labels().get(i)});
    }
    return reader.table(
        new TextFolder(texts, files.classNames()),
        new FoundFormat(CsvFormat.found(), List.of(), List.of(), Optional.empty()));
  }

  @Override
  public boolean isCategorical(int column) {
    return true;
  }

  @Override
  public boolean isText(int column) {
    return false;
  }

  @Override
  public List<String> categories(int column) {
    return column == 0 ? texts : classNames;
  }
}
