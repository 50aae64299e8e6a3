import java.net.URI;
import java.net.http.*;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import static java.nio.charset.StandardCharsets.UTF_8;

class Cancel {
  public static void main(String[] args) throws Exception {
    // Sign the very bytes that are sent.
    byte[] body = """
        {"orderNo":"ORD20251224003","totalCancelAmount":3000,"items":[
          {"seq":2,"itemType":"PHYSICAL","itemId":"P002","quantity":1,"amount":3000}]}""".getBytes(UTF_8);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(body);
    String signature = HexFormat.of().formatHex(sha256.digest("demo-hash-key-for-localhost-only".getBytes(UTF_8)));
    String url = System.getenv().getOrDefault("PAYMENT_CANCEL_URL", "http://127.0.0.1:3000");
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v2/payment/cancel"))
        .timeout(Duration.ofSeconds(30))
        .headers("Content-Type", "application/json", "X-EBP-Signature", signature,
            "X-Access-Key", "demo-access-key-for-localhost-only",
            "X-Division-Code", "DEMO-DIVISION", "X-Store-Id", "DEMO-STORE", "X-Channel-Code", "ONLINE",
            "X-Ric-Code", "KIC", "X-Country-Code", "KR", "X-Currency-Code", "KRW",
            "X-Idempotency-Key", "refund-4711")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
    HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    System.out.println(response.body());
    if (response.statusCode() != 200) System.exit(1);
  }
}
