/** The ConfigMap `aws-auth` with these entries under `mapRoles`, as lines of YAML, and further keys of its data. */
export function awsAuth(roles: string, more = ''): { manifests: string } {
  return {
    manifests: `apiVersion: v1
kind: ConfigMap
metadata:
  name: aws-auth
  namespace: kube-system
data:
  mapRoles: |
${roles.replace(/^/gm, '    ')}
${more}`,
  }
}

/** What EKS itself writes for a group of nodes. */
export const NODES = `- rolearn: arn:aws:iam::111122223333:role/nodes
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]`
