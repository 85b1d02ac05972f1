"""14-deep: right norms made of parts, any of which a mistake replaces. Means along `axis`: 0 for batch norm, -1 for layer norm."""

import numpy as np


def mean_along(array, axis):
    """The mean along an axis, which stays with length 1."""
    return np.mean(array, axis=axis, keepdims=True)


def variance_along(X, axis):
    """The variance, 1/n."""
    return mean_along((X - mean_along(X, axis)) ** 2, axis)


def unbiased(X, axis):
    """The variance with n - 1; of a single number, the 0 it has with n."""
    return variance_along(X, axis) * X.shape[axis] / max(X.shape[axis] - 1, 1)


def unbiased_of_one(X, axis):
    """The variance with n - 1, which a single number does not have: 0/0."""
    return np.var(X, axis=axis, ddof=1, keepdims=True)


def root_of(variance, eps):
    """What is divided by."""
    return np.sqrt(variance + eps)


def no_eps(variance, eps):
    return np.sqrt(variance)


def eps_outside(variance, eps):
    return np.sqrt(variance) + eps


def no_root(variance, eps):
    return variance + eps


def scaled(normal, gamma, beta):
    return gamma * normal + beta


def forward(axis=0, mean=mean_along, variance=variance_along, root=root_of, apply=scaled, hand_back=None):
    """A forward pass of these parts. hand_back: what is returned of (Y, mean, variance); all of it for batch norm."""
    hand_back = hand_back or (lambda *three: three if axis == 0 else three[0])

    def norm_forward(X, gamma, beta, eps=1e-5):
        middle, spread = mean(X, axis), variance(X, axis)
        return hand_back(apply((X - middle) / root(spread, eps), gamma, beta), middle, spread)

    return norm_forward


def to_the_normal(dvalues, gamma):
    """What comes back to x-hat."""
    return dvalues * gamma


def closed_form(q, normal, s, axis):
    """dX = (q - mean(q) - xhat mean(q xhat)) / s."""
    return (q - mean_along(q, axis) - normal * mean_along(q * normal, axis)) / s


def over_all_rows(array):
    """The sum over all axes but the last, which makes (1, D)."""
    return array.reshape(-1, array.shape[-1]).sum(axis=0, keepdims=True)


def sum_with_the_normal(dvalues, normal):
    return over_all_rows(dvalues * normal)


def backward(
    axis=0,
    variance=variance_along,
    root=root_of,
    to_normal=to_the_normal,
    dX=closed_form,
    dgamma=sum_with_the_normal,
    dbeta=over_all_rows,
):
    """A backward pass of these parts."""

    def norm_backward(dvalues, X, gamma, eps=1e-5):
        s = root(variance(X, axis), eps)
        normal = (X - mean_along(X, axis)) / s
        return dX(to_normal(dvalues, gamma), normal, s, axis), dgamma(dvalues, normal), dbeta(dvalues)

    return norm_backward


def constants(q, normal, s, axis):
    return q / s


def no_mean_path(q, normal, s, axis):
    return (q - normal * mean_along(q * normal, axis)) / s


def no_deviation_path(q, normal, s, axis):
    return (q - mean_along(q, axis)) / s


def half_lost(q, normal, s, axis):
    return (q - mean_along(q, axis) - 2 * normal * mean_along(q * normal, axis)) / s


def mean_twice(q, normal, s, axis):
    return (q - 2 * mean_along(q, axis) - normal * mean_along(q * normal, axis)) / s


def sums_for_means(q, normal, s, axis):
    return (q - q.sum(axis=axis, keepdims=True) - normal * (q * normal).sum(axis=axis, keepdims=True)) / s


def over_variance(q, normal, s, axis):
    return closed_form(q, normal, s, axis) / s


def times_deviation(q, normal, s, axis):
    return closed_form(q, normal, s, axis) * s * s


def not_divided(q, normal, s, axis):
    return closed_form(q, normal, s, axis) * s


def sign_of_the_mean_path(q, normal, s, axis):
    return (q + mean_along(q, axis) - normal * mean_along(q * normal, axis)) / s


def sign_of_the_deviation_path(q, normal, s, axis):
    return (q - mean_along(q, axis) + normal * mean_along(q * normal, axis)) / s


def normal_missing(q, normal, s, axis):
    return (q - mean_along(q, axis) - mean_along(q * normal, axis)) / s


def one_mean_for_all(q, normal, s, axis):
    return (q - q.mean() - normal * (q * normal).mean()) / s


def both_signs(q, normal, s, axis):
    return (q + mean_along(q, axis) + normal * mean_along(q * normal, axis)) / s


def means_along_the_other_axis(q, normal, s, axis):
    other = 1 if axis == 0 else 0
    return (q - mean_along(q, other) - normal * mean_along(q * normal, other)) / s


def normal_missing_inside(q, normal, s, axis):
    return (q - mean_along(q, axis) - normal * mean_along(q, axis)) / s


def last_term_divided_alone(q, normal, s, axis):
    return q - mean_along(q, axis) - normal * mean_along(q * normal, axis) / s


def centred_for_normal(q, normal, s, axis):
    return (q - mean_along(q, axis) - normal * s * mean_along(q * normal * s, axis)) / s


def direct_path_missing(q, normal, s, axis):
    return -(mean_along(q, axis) + normal * mean_along(q * normal, axis)) / s


def paid_by_n(q, normal, s, axis):
    return closed_form(q, normal, s, axis) / q.shape[axis]


def sign_turned(q, normal, s, axis):
    return -closed_form(q, normal, s, axis)
