// WEBHOOK_SECRET=whsec_... java Receive.java
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receive {
  static final byte[] KEY = Base64.getDecoder().decode(System.getenv("WEBHOOK_SECRET").substring("whsec_".length()));

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9000"));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", exchange -> {
      var headers = exchange.getRequestHeaders();
      String id = headers.getFirst("webhook-id");
      // The bytes as they came: JSON that was parsed and written again has another signature.
      byte[] body = exchange.getRequestBody().readNBytes(65536);
      boolean genuine =
          isGenuine(id, headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"), body);
      if (genuine) {
        // Keep it, known by this id, and work on it after the answer.
        System.out.println(id + " " + new String(body, StandardCharsets.UTF_8));
      }
      exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
      exchange.close();
    });
    server.start();
  }

  static boolean isGenuine(String id, String timestamp, String signatures, byte[] body) {
    try {
      // Five minutes: what somebody has recorded is worth nothing later.
      if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) return false;
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
      // Two signatures while the secret is rotated.
      for (String given : signatures.split(" ")) {
        if (MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) return true;
      }
      return false;
    } catch (Exception malformed) {
      return false;
    }
  }
}
