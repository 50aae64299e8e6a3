import hashlib, json, os, sys, urllib.error, urllib.request

items = [{"seq": 2, "itemType": "PHYSICAL", "itemId": "P002", "quantity": 1, "amount": 3000}]
total = sum(item["quantity"] * item["amount"] for item in items)
# Sign the very bytes that are sent.
body = json.dumps({"orderNo": "ORD20251224003", "totalCancelAmount": total, "items": items}).encode()
request = urllib.request.Request(
    os.environ.get("PAYMENT_CANCEL_URL", "http://127.0.0.1:3000") + "/api/v2/payment/cancel",
    data=body,
    headers={
        "Content-Type": "application/json",
        "X-EBP-Signature": hashlib.sha256(body + b"demo-hash-key-for-localhost-only").hexdigest(),
        "X-Access-Key": "demo-access-key-for-localhost-only",
        "X-Division-Code": "DEMO-DIVISION", "X-Store-Id": "DEMO-STORE", "X-Channel-Code": "ONLINE",
        "X-Ric-Code": "KIC", "X-Country-Code": "KR", "X-Currency-Code": "KRW",
        "X-Idempotency-Key": "refund-4711",
    },
)
try:
    with urllib.request.urlopen(request, timeout=30) as response:
        print(response.read().decode())
except urllib.error.HTTPError as refused:
    sys.exit(refused.read().decode())
