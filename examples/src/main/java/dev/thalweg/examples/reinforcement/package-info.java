/// Reinforcement learning for the examples `CartPole` and `Acrobot`: an [Environment], and two ways
/// to learn to act in it, [Ppo] and [Dqn], each on one page and on the public interface alone.
@org.jspecify.annotations.NullMarked
package dev.thalweg.examples.reinforcement;
