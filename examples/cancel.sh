body='{"orderNo":"ORD20251224003","totalCancelAmount":3000,"items":[
  {"seq":2,"itemType":"PHYSICAL","itemId":"P002","quantity":1,"amount":3000}]}'
signature=$(printf '%s' "$body" 'demo-hash-key-for-localhost-only' | openssl dgst -sha256 -r | cut -d ' ' -f 1)
curl -sS --fail-with-body --max-time 30 --retry 3 \
  "${PAYMENT_CANCEL_URL:-http://127.0.0.1:3000}/api/v2/payment/cancel" \
  -H 'Content-Type: application/json' -H "X-EBP-Signature: $signature" \
  -H 'X-Access-Key: demo-access-key-for-localhost-only' \
  -H 'X-Division-Code: DEMO-DIVISION' -H 'X-Store-Id: DEMO-STORE' -H 'X-Channel-Code: ONLINE' \
  -H 'X-Ric-Code: KIC' -H 'X-Country-Code: KR' -H 'X-Currency-Code: KRW' \
  -H 'X-Idempotency-Key: refund-4711' --data-binary "$body"
