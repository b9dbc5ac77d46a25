/** Forwards local ports to ports of pods, and follows the pods when they are replaced. */
export { listenAddresses } from './listen-addresses.js'
export { startPortForward, type PortForward, type PortForwardOptions } from './port-forward.js'
export { splitPort } from './port-pair.js'
export { parseTarget, type Target } from './target.js'
