import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Signs one token with each algorithm that Nimbus has on a plain JDK, and prints them as JSON with what verifies them. */
public final class Vectors {
  /** The sample of jwt.io, as often as the algorithm needs it. */
  private static final String SAMPLE = "a-string-secret-at-least-256-bits-long";

  private static final JWTClaimsSet CLAIMS =
      new JWTClaimsSet.Builder()
          .issuer("https://id.example.test/")
          .subject("ada")
          .audience(List.of("orders", "billing"))
          .claim("scope", "orders:read")
          .issueTime(new Date(1767225600000L))
          .expirationTime(new Date(4102444800000L))
          .claim("name", "Ada \u00e9\ud83d\udd11")
          .build();

  private static final List<Map<String, Object>> vectors = new ArrayList<>();

  private static void add(JWSAlgorithm alg, JWSSigner signer, String kind, String key) throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(alg).keyID("k1").build(), CLAIMS);
    token.sign(signer);
    vectors.add(
        Map.of("library", "nimbus-jose-jwt", "alg", alg.getName(), "token", token.serialize(), "key", Map.of("kind", kind, "text", key)));
  }

  private static String pem(KeyPair pair) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
  }

  public static void main(String[] args) throws Exception {
    for (JWSAlgorithm alg : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
      String secret = alg == JWSAlgorithm.HS256 ? SAMPLE : SAMPLE + SAMPLE;
      add(alg, new MACSigner(secret), "secret", secret);
    }
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair large = rsa.generateKeyPair();
    for (String name : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
      add(JWSAlgorithm.parse(name), new RSASSASigner(large.getPrivate()), "pem", pem(large));
    }
    for (var row : Map.of("ES256", "secp256r1", "ES384", "secp384r1", "ES512", "secp521r1").entrySet()) {
      KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
      curve.initialize(new ECGenParameterSpec(row.getValue()));
      KeyPair pair = curve.generateKeyPair();
      add(JWSAlgorithm.parse(row.getKey()), new ECDSASigner((ECPrivateKey) pair.getPrivate()), "pem", pem(pair));
    }
    System.out.println("[" + String.join(",", vectors.stream().map(JSONObjectUtils::toJSONString).toList()) + "]");
  }
}
