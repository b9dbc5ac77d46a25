export const POLICIES: readonly string[] = ['NetworkPolicy.networking.k8s.io', 'NetworkPolicy.extensions']
