{{- define "chart.labels" -}}
app.kubernetes.io/name: footbridge
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "chart.secret" -}}
{{- if .Values.secret.existing }}{{ .Values.secret.existing }}{{ else if .Values.secret.values }}{{ .Release.Name }}{{ end }}
{{- end }}

{{- define "chart.properties" -}}
{{- range $key, $value := .Values.settings }}
{{ $key }}={{ $value }}
{{- end }}
{{- if .Values.tls.secret }}
footbridge.tls.configuration=server
quarkus.tls.server.key-store.pem.0.cert=/etc/footbridge/tls/tls.crt
quarkus.tls.server.key-store.pem.0.key=/etc/footbridge/tls/tls.key
quarkus.tls.server.reload-period=1h
{{- end }}
{{- end }}
