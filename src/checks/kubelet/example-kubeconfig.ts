/** A kubeconfig of node-1: its certificate (no key) is for system:node:node-1 in system:nodes. */
export const NODE_KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
  - name: kubernetes
    cluster: {server: 'https://10.0.0.10:6443'}
contexts:
  - name: default
    context: {cluster: kubernetes, user: default}
current-context: default
users:
  - name: default
    user:
      client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJSRENCN0FJVWFkTEM4UG9RZDdmSFkzbXFUOTlzdzdIMEpPd3dDZ1lJS29aSXpqMEVBd0l3RlRFVE1CRUcKQTFVRUF3d0thM1ZpWlhKdVpYUmxjekFnRncweU5qRXhNalF3TWpVMU1UbGFHQTh5TVRJMk1UQXpNVEF5TlRVeApPVm93TkRFVk1CTUdBMVVFQ2d3TWMzbHpkR1Z0T201dlpHVnpNUnN3R1FZRFZRUUREQkp6ZVhOMFpXMDZibTlrClpUcHViMlJsTFRFd1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqT1BRTUJCd05DQUFScjNQNHpwbkI3Q2FKZzhoa28KZHVXWWhtOE5yaW8zcGtLaUJiT3JiV1kxZDNkWmk1Q2Jqd1lPRC8rTnRBQ2NZRHNlSWFPUmRLa3BwR2ZEb3VrRAp2NlloTUFvR0NDcUdTTTQ5QkFNQ0EwY0FNRVFDSURDZS9SQUdKNXdhZnU4d0J2N2U1V2tJcmpEcjlpNXJCWFpICmJ6UXp3TGhoQWlCV1JRK0Q1cWZIVkd0K08rOFN2L1BMVjRpWHBCZ2RPSWZrWVBDUm02Zkppdz09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K
`

/** An administrator's: kubernetes-admin in kubeadm:cluster-admins. */
export const ADMIN_KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
  - name: kubernetes
    cluster: {server: 'https://10.0.0.10:6443'}
contexts:
  - name: default
    context: {cluster: kubernetes, user: default}
current-context: default
users:
  - name: default
    user:
      client-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJUakNCOUFJVWFkTEM4UG9RZDdmSFkzbXFUOTlzdzdIMEpPMHdDZ1lJS29aSXpqMEVBd0l3RlRFVE1CRUcKQTFVRUF3d0thM1ZpWlhKdVpYUmxjekFnRncweU5qRXhNalF3TWpVMU1UbGFHQTh5TVRJMk1UQXpNVEF5TlRVeApPVm93UERFZk1CMEdBMVVFQ2d3V2EzVmlaV0ZrYlRwamJIVnpkR1Z5TFdGa2JXbHVjekVaTUJjR0ExVUVBd3dRCmEzVmlaWEp1WlhSbGN5MWhaRzFwYmpCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQktyd1ZkdjgKY2NhM0xuNGRydzIxSytSaG1XUWtQeTNFV2VPZnhoMTJMSnlHVERIK2huTWs1eGVmbjJTbHFCQjFZZm1DeGlJQQpJa3ZXbUdGODdKeUlpSmd3Q2dZSUtvWkl6ajBFQXdJRFNRQXdSZ0loQUlzMDdpdnFzYjZXaGRIRWl2dncxcy9KCkxDaVpidWt1bFBGY2NrQW1BMDVNQWlFQXM4cG4rTTBacjN5NlNhazYvZm1KY0hPV2E5ZVMxT3JYcHQ1QzFNbm0KZTdnPQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg==
`

/** A bootstrap kubeconfig; its token is no real one. */
export const BOOTSTRAP_KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
  - name: kubernetes
    cluster: {server: 'https://10.0.0.10:6443'}
contexts:
  - name: default
    context: {cluster: kubernetes, user: default}
current-context: default
users:
  - name: default
    user:
      token: abcdef.0123456789abcdef
`
