package dev.thalweg.tensor;

import dev.thalweg.kernels.AdaptivePooling;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.Upsampling;

/// Images whose pixels are sums of others by fixed factors: means, enlarged images. The gradient is
/// the transposed map, whose gradient is the map.
final class Resampled extends Operation {

  /// A linear map of images, there and transposed.
  private interface ImageMap {
    int[] input();

    int[] output();

    void apply(Engine engine, int images, float[] x, float[] y);

    void apply(Engine engine, int images, double[] x, double[] y);

    void back(Engine engine, int images, float[] dy, float[] dx);

    void back(Engine engine, int images, double[] dy, double[] dx);
  }

  private final ImageMap map;
  private final boolean back;

  private Resampled(String name, ImageMap map, boolean back, Tensor x) {
    super(name, x);
    this.map = map;
    this.back = back;
  }

  static Tensor mean(Pooling pooling, boolean countPadding, Tensor x) {
    return new Resampled("avgPool", new Mean(pooling, countPadding), false, x).result();
  }

  static Tensor adaptiveMean(AdaptivePooling pooling, Tensor x) {
    return new Resampled("adaptiveAvgPool", new AdaptiveMean(pooling), false, x).result();
  }

  static Tensor nearest(Upsampling upsampling, Tensor x) {
    return new Resampled("upsampleNearest", new Nearest(upsampling), false, x).result();
  }

  static Tensor bilinear(Upsampling upsampling, Tensor x) {
    return new Resampled("upsampleBilinear", new Bilinear(upsampling), false, x).result();
  }

  private Tensor result() {
    Tensor x = input(0);
    int images = x.shape().dimension(0);
    int[] size = back ? map.input() : map.output();
    Tensor y = result(x.dtype(), Shape.of(images, size[0], size[1], size[2]));
    if (x.dtype() == DType.F32) {
      if (back) {
        map.back(engine(), images, x.floats(), y.floats());
      } else {
        map.apply(engine(), images, x.floats(), y.floats());
      }
    } else if (back) {
      map.back(engine(), images, x.doubles(), y.doubles());
    } else {
      map.apply(engine(), images, x.doubles(), y.doubles());
    }
    return y;
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    by.add(0, new Resampled("gradient of " + name(), map, !back, g).result());
  }

  private record Mean(Pooling p, boolean countPadding) implements ImageMap {
    @Override
    public int[] input() {
      return new int[] {p.height(), p.width(), p.channels()};
    }

    @Override
    public int[] output() {
      return new int[] {p.outputHeight(), p.outputWidth(), p.channels()};
    }

    @Override
    public void apply(Engine engine, int images, float[] x, float[] y) {
      p.mean(engine, images, countPadding, x, 0, y, 0);
    }

    @Override
    public void apply(Engine engine, int images, double[] x, double[] y) {
      p.mean(engine, images, countPadding, x, 0, y, 0);
    }

    @Override
    public void back(Engine engine, int images, float[] dy, float[] dx) {
      p.meanBack(engine, images, countPadding, dy, 0, dx, 0);
    }

    @Override
    public void back(Engine engine, int images, double[] dy, double[] dx) {
      p.meanBack(engine, images, countPadding, dy, 0, dx, 0);
    }
  }

  private record AdaptiveMean(AdaptivePooling p) implements ImageMap {
    @Override
    public int[] input() {
      return new int[] {p.height(), p.width(), p.channels()};
    }

    @Override
    public int[] output() {
      return new int[] {p.outputHeight(), p.outputWidth(), p.channels()};
    }

    @Override
    public void apply(Engine engine, int images, float[] x, float[] y) {
      p.mean(engine, images, x, 0, y, 0);
    }

    @Override
    public void apply(Engine engine, int images, double[] x, double[] y) {
      p.mean(engine, images, x, 0, y, 0);
    }

    @Override
    public void back(Engine engine, int images, float[] dy, float[] dx) {
      p.meanBack(engine, images, dy, 0, dx, 0);
    }

    @Override
    public void back(Engine engine, int images, double[] dy, double[] dx) {
      p.meanBack(engine, images, dy, 0, dx, 0);
    }
  }

  private record Nearest(Upsampling u) implements ImageMap {
    @Override
    public int[] input() {
      return new int[] {u.height(), u.width(), u.channels()};
    }

    @Override
    public int[] output() {
      return new int[] {u.outputHeight(), u.outputWidth(), u.channels()};
    }

    @Override
    public void apply(Engine engine, int images, float[] x, float[] y) {
      u.nearest(engine, images, x, 0, y, 0);
    }

    @Override
    public void apply(Engine engine, int images, double[] x, double[] y) {
      u.nearest(engine, images, x, 0, y, 0);
    }

    @Override
    public void back(Engine engine, int images, float[] dy, float[] dx) {
      u.nearestBack(engine, images, dy, 0, dx, 0);
    }

    @Override
    public void back(Engine engine, int images, double[] dy, double[] dx) {
      u.nearestBack(engine, images, dy, 0, dx, 0);
    }
  }

  private record Bilinear(Upsampling u) implements ImageMap {
    @Override
    public int[] input() {
      return new int[] {u.height(), u.width(), u.channels()};
    }

    @Override
    public int[] output() {
      return new int[] {u.outputHeight(), u.outputWidth(), u.channels()};
    }

    @Override
    public void apply(Engine engine, int images, float[] x, float[] y) {
      u.bilinear(engine, images, x, 0, y, 0);
    }

    @Override
    public void apply(Engine engine, int images, double[] x, double[] y) {
      u.bilinear(engine, images, x, 0, y, 0);
    }

    @Override
    public void back(Engine engine, int images, float[] dy, float[] dx) {
      u.bilinearBack(engine, images, dy, 0, dx, 0);
    }

    @Override
    public void back(Engine engine, int images, double[] dy, double[] dx) {
      u.bilinearBack(engine, images, dy, 0, dx, 0);
    }
  }
}
