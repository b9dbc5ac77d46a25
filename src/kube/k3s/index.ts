export { k3sArguments, type K3sArguments } from './k3s-arguments.js'
export { k3sFlags, K3S_COMPONENTS, type K3sComponent, type K3sFlags } from './k3s-flags.js'
