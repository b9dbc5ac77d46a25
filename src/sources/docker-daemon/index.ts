/**
 * A running Docker daemon, through its UNIX socket. Asks with GET alone; gives what `docker inspect` would print.
 */
export { daemonDoor, type DaemonDoor } from './ask-daemon.js'
export { readDaemon, type DaemonRead } from './read-daemon.js'
