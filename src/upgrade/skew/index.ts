/**
 * The version skew policy of Kubernetes and of kubeadm. Takes components with their minors, gives what breaks it.
 * Does no I/O.
 */
export * from './skew-rules.js'
export * from './kubeadm-rules.js'
