package dev.thalweg.data;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// The names of the pixels of an image: `pixel_0_0`, `pixel_0_1`, … by row and column, with the
/// channel behind them where there are several. Made when they are asked for, and not kept.
final class PixelNames extends AbstractList<String> implements RandomAccess {

  private final ImageShape shape;

  PixelNames(ImageShape shape) {
    this.shape = shape;
  }

  @Override
  public String get(int index) {
    Objects.checkIndex(index, size());
    int pixel = index / shape.channels();
    String name = "pixel_" + pixel / shape.width() + "_" + pixel % shape.width();
    return shape.channels() == 1 ? name : name + "_" + index % shape.channels();
  }

  @Override
  public int size() {
    return shape.size();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PixelNames that ? shape.equals(that.shape) : super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode(); // of a list with the same names
  }
}
