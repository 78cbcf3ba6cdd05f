package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/// A program as a list: every value once, numbered, inputs before what is made of them. Nodes that
/// compute the same from the same inputs have one number.
///
/// Plain arrays and a hash table by hand: this is on the way to the first loop of a process.
final class LoopListing {
  private static final int NONE = -1;

  private final int arrays;
  private final int scalars;
  private final List<LoopProgram.Store> stores;
  private final int[] values;
  private final IdentityHashMap<LoopNode, Integer> numbers = new IdentityHashMap<>();

  private int size;
  private Operation[] operations = new Operation[32];
  private int[] inputs = new int[3 * 32];
  private int[] indices = new int[32];
  private double[] constants = new double[32];
  private int[] lines = new int[32];
  private int[] hashes = new int[32];
  private int[] table = empty(128);

  LoopListing(LoopProgram program) {
    this(program.arrays(), program.scalars(), program.stores());
  }

  private LoopListing(int arrays, int scalars, List<LoopProgram.Store> stores) {
    this.arrays = arrays;
    this.scalars = scalars;
    this.stores = stores;
    values = new int[stores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(stores.get(i).value());
    }
  }

  static void check(int arrays, int scalars, List<LoopProgram.Store> stores) {
    LoopListing listing = new LoopListing(arrays, scalars, stores);
    for (int i = 0; i < listing.size; i++) {
      if (listing.operations[i] == Operation.ARRAY) {
        checkIndex("array", listing.indices[i], arrays);
      } else if (listing.operations[i] == Operation.SCALAR) {
        checkIndex("scalar", listing.indices[i], scalars);
      }
    }
    for (int i = 0; i < stores.size(); i++) {
      checkIndex("store: array", stores.get(i).array(), arrays);
      for (int j = 0; j < i; j++) {
        if (stores.get(i).array() == stores.get(j).array()) {
          throw new IllegalArgumentException(
              "store: expected one for each array, found two for array " + stores.get(i).array());
        }
      }
    }
  }

  private static void checkIndex(String what, int index, int count) {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          what + ": expected a number below " + count + ", found " + index);
    }
  }

  /// How many arrays the program works on.
  int arrays() {
    return arrays;
  }

  /// How many scalars it takes.
  int scalars() {
    return scalars;
  }

  /// How many values there are.
  int size() {
    return size;
  }

  /// What makes value `number`.
  Operation operation(int number) {
    return operations[number];
  }

  /// The number of an input of value `number`.
  int input(int number, int which) {
    return inputs[3 * number + which];
  }

  /// Which array or scalar value `number` is.
  int index(int number) {
    return indices[number];
  }

  /// The constant that value `number` is.
  double constant(int number) {
    return constants[number];
  }

  /// The line of value `number`, or 0.
  int line(int number) {
    return lines[number];
  }

  /// How many stores there are.
  int stores() {
    return values.length;
  }

  /// The array that store `i` goes to.
  int storeArray(int i) {
    return stores.get(i).array();
  }

  /// The number of the value that store `i` stores.
  int storeValue(int i) {
    return values[i];
  }

  /// How often each value is used, by other values or stores.
  int[] uses() {
    int[] uses = new int[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < operations[i].inputs(); j++) {
        uses[inputs[3 * i + j]]++;
      }
    }
    for (int value : values) {
      uses[value]++;
    }
    return uses;
  }

  /// See [LoopProgram#key].
  String key() {
    long[] hash = {0x243f6a8885a308d3L, 0x13198a2e03707344L};
    mix(hash, arrays);
    mix(hash, scalars);
    for (int i = 0; i < size; i++) {
      mix(hash, operations[i].name().hashCode());
      for (int j = 0; j < operations[i].inputs(); j++) {
        mix(hash, inputs[3 * i + j]);
      }
      mix(hash, indices[i]);
      mix(hash, Double.doubleToRawLongBits(constants[i]));
    }
    for (int i = 0; i < values.length; i++) {
      mix(hash, storeArray(i));
      mix(hash, values[i]);
    }
    char[] digits = new char[32];
    for (int i = 0; i < 32; i++) {
      digits[i] = Character.forDigit((int) (hash[i >> 4] >>> (4 * (15 - (i & 15)))) & 15, 16);
    }
    return new String(digits);
  }

  /// Two hashes of 64 bits that differ in their multipliers.
  private static void mix(long[] hash, long value) {
    hash[0] = (Long.rotateLeft(hash[0], 27) ^ scramble(value)) * 0x9e3779b97f4a7c15L + 0x52dce729L;
    hash[1] = (Long.rotateLeft(hash[1], 31) + scramble(~value)) * 0xd1342543de82ef95L ^ 0x38495ab5L;
    hash[0] ^= hash[0] >>> 29;
    hash[1] ^= hash[1] >>> 32;
  }

  private static long scramble(long x) {
    long y = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
    return y ^ (y >>> 31);
  }

  /// The number of a node, whose inputs are numbered first; by a stack, since formulas can be deep.
  private int number(LoopNode root) {
    List<LoopNode> stack = new ArrayList<>();
    stack.add(root);
    while (!stack.isEmpty()) {
      LoopNode node = stack.getLast();
      if (numbers.containsKey(node)) {
        stack.removeLast();
        continue;
      }
      int before = stack.size();
      List<LoopNode> of = node.inputs();
      for (int i = of.size() - 1; i >= 0; i--) {
        if (!numbers.containsKey(of.get(i))) {
          stack.add(of.get(i));
        }
      }
      if (stack.size() == before) {
        numbers.put(node, add(node));
        stack.removeLast();
      }
    }
    return numberOf(root);
  }

  private int numberOf(LoopNode node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalStateException("a node without a number");
    }
    return number;
  }

  private int add(LoopNode node) {
    List<LoopNode> of = node.inputs();
    int first = of.isEmpty() ? NONE : numberOf(of.get(0));
    int second = of.size() < 2 ? NONE : numberOf(of.get(1));
    int third = of.size() < 3 ? NONE : numberOf(of.get(2));
    long bits = Double.doubleToRawLongBits(node.constant());
    long hash = node.operation().name().hashCode() + 64L * node.index();
    hash = scramble(hash + 31 * (first + 31L * (second + 31L * third))) ^ scramble(bits);
    int at = place((int) hash);
    while (table[at] != NONE) {
      int i = table[at];
      if (operations[i] == node.operation()
          && indices[i] == node.index()
          && Double.doubleToRawLongBits(constants[i]) == bits
          && inputs[3 * i] == first
          && inputs[3 * i + 1] == second
          && inputs[3 * i + 2] == third) {
        return i;
      }
      at = (at + 1) & (table.length - 1);
    }
    if (size == operations.length) {
      grow();
      at = place((int) hash);
      while (table[at] != NONE) {
        at = (at + 1) & (table.length - 1);
      }
    }
    table[at] = size;
    hashes[size] = (int) hash;
    operations[size] = node.operation();
    inputs[3 * size] = first;
    inputs[3 * size + 1] = second;
    inputs[3 * size + 2] = third;
    indices[size] = node.index();
    constants[size] = node.constant();
    lines[size] = node.line();
    return size++;
  }

  private int place(int hash) {
    return hash & (table.length - 1);
  }

  private void grow() {
    int n = 2 * size;
    operations = Arrays.copyOf(operations, n);
    inputs = Arrays.copyOf(inputs, 3 * n);
    indices = Arrays.copyOf(indices, n);
    constants = Arrays.copyOf(constants, n);
    lines = Arrays.copyOf(lines, n);
    hashes = Arrays.copyOf(hashes, n);
    table = empty(4 * n);
    for (int i = 0; i < size; i++) {
      int at = place(hashes[i]);
      while (table[at] != NONE) {
        at = (at + 1) & (table.length - 1);
      }
      table[at] = i;
    }
  }

  private static int[] empty(int n) {
    int[] table = new int[n];
    Arrays.fill(table, NONE);
    return table;
  }
}
