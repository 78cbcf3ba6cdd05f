"""LARS and LARC. timm 1.0.31 executed."""
Lars = timm("lars").Lars


def lars(parameters, lr, momentum, weight_decay, trust_coeff, eps, nesterov, trust_clip):
    return Lars(parameters, lr=lr, momentum=momentum, weight_decay=weight_decay, trust_coeff=trust_coeff, eps=eps,
                nesterov=nesterov, trust_clip=trust_clip, always_adapt=True)


TEXT = ("lars(lr={lr}, momentum={momentum}, weight_decay={weight_decay}, trust_coefficient={trust_coeff}, epsilon={eps}, "
        "nesterov={nesterov}, clip={trust_clip})")
for nesterov in (False, True):
    for clip in (False, True):
        for decay in (0.02, 0.0):
            more = dict(nesterov=nesterov, trust_clip=clip)
            name = f"lars{'-nesterov' if nesterov else ''}{'-clip' if clip else ''}{'' if decay else '-no-decay'}"
            a = dict(lr=1.0, momentum=0.9, weight_decay=decay, trust_coeff=0.02, eps=1e-3) | more
            b = dict(lr=0.02, momentum=0.6, weight_decay=15 * decay, trust_coeff=0.05, eps=1e-2) | more
            reference(name, "timm", lars, a, b, TEXT)
