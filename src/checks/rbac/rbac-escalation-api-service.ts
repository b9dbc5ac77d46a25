import { escalationCheck } from './escalation-check.js'

export const rbacEscalationApiService = escalationCheck('escalation-api-service', {
  title: 'A subject may have the API server send requests to a server of its choice',
  why: 'An APIService sends whole groups of requests, with the name and groups of who makes them, to a server that it names.',
})
