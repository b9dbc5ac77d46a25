/** ssh's own configuration, read as ssh reads it: which host is meant, as whom, by which keys, over which others. */
export { sshRoute, type RouteQuestion, type RouteSurroundings } from './ssh-route.js'
export { ConfigTexts } from './read-ssh-config.js'
