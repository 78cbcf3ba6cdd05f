"""RMSProp in TensorFlow 1's form: timm 1.0.31."""
RMSpropTF = timm("rmsprop_tf").RMSpropTF
for centered in (False, True):
    for momentum in (False, True):
        reference("rmsprop-tf" + ("-centered" if centered else "") + ("-momentum" if momentum else ""), "timm",
                  lambda ps, lr, alpha, eps, momentum, centered: RMSpropTF(
                      ps, lr=lr, alpha=alpha, eps=eps, momentum=momentum, centered=centered),
                  dict(lr=0.01, alpha=0.9, eps=1e-3, momentum=0.9 * momentum, centered=centered),
                  dict(alpha=0.8, eps=1e-2, momentum=0.5 * momentum, centered=centered), call="timm.optim.RMSpropTF",
                  text="rmsprop_tf(lr={lr}, rho={alpha}, momentum={momentum}, epsilon={eps}, centered={centered})",
                  also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=inside, momentum={momentum}, "
                        "form=velocity, initial_accumulator=1)"] if not centered else ())
