/**
 * Whether the pods of one node find room on the others. Takes pods and nodes as the API gives them, gives what fits and
 * what is not known. Follows the scheduler's filters as far as objects tell them; does no I/O.
 */
export * from './pod-requests.js'
export * from './spare-room.js'
