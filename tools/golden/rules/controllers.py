"""Calls that are executed by controllers.py: here only the places of their arguments."""
import keras as keras_package
import torch as torch_package

signature("torch.ReduceLROnPlateau", torch_package.optim.lr_scheduler.ReduceLROnPlateau, first=1)
signature("keras.ReduceLROnPlateau", keras_package.callbacks.ReduceLROnPlateau)
signature("keras.LossScaleOptimizer", keras_package.optimizers.LossScaleOptimizer, first=1)
