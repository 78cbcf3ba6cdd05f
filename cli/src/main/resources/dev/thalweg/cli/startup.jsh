import module java.base;
import module dev.thalweg;
import dev.thalweg.optim.Parameter;
import static dev.thalweg.nn.Activation.*;
import static dev.thalweg.nn.Layers.*;
import static dev.thalweg.nn.Losses.*;
import static dev.thalweg.optim.Optimizers.*;
import static dev.thalweg.optim.Optimizers.names;
import static dev.thalweg.optim.Schedule.*;
