# Errors as the JWT libraries of Python print them: each is a real call that is refused. Prints one JSON object a line.
import json, time, secrets, asyncio
rows=[]
def attempt(lib, explanation, f):
    try: v=f(); raise SystemExit(f"{lib} accepted what it should refuse: {explanation}")
    except Exception as e:
        m=type(e).__module__; rows.append(dict(library=lib, explanation=explanation, text=f"{m}.{type(e).__qualname__}: {e}"))
import jwt
from importlib.metadata import version
now=int(time.time()); s=secrets.token_urlsafe(40); o=secrets.token_urlsafe(40)
c=dict(sub="ada",iss="https://issuer.example.com/",aud="orders-api")
E=lambda extra={},key=s,alg="HS256",**k: jwt.encode({**c,"exp":now+600,**extra},key,algorithm=alg,**k)
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives import serialization as S
k=rsa.generate_private_key(65537,2048); pub=k.public_key().public_bytes(S.Encoding.PEM,S.PublicFormat.SubjectPublicKeyInfo).decode()
priv=k.private_bytes(S.Encoding.PEM,S.PrivateFormat.PKCS8,S.NoEncryption()).decode()
L="PyJWT"
D=lambda t,key=s,alg=["HS256"],**kw: jwt.decode(t,key,algorithms=alg,**{"audience":"orders-api",**kw})
attempt(L,"token/expired",lambda:D(E({"exp":now-600})))
attempt(L,"token/not-yet-valid",lambda:D(E({"nbf":now+600})))
attempt(L,"token/not-yet-valid",lambda:D(E({"iat":now+6000})))
attempt(L,"token/signature-invalid",lambda:D(E(),o))
attempt(L,"token/algorithm-refused",lambda:D(E(),alg=["RS256"]))
attempt(L,"token/audience-refused",lambda:D(E(),audience="billing"))
attempt(L,"token/audience-refused",lambda:jwt.decode(jwt.encode({"sub":"a"},s),s,algorithms=["HS256"],audience="x"))
attempt(L,"token/issuer-refused",lambda:D(E(),issuer="https://x"))
attempt(L,"token/malformed",lambda:D("nonsense"))
attempt(L,"token/malformed",lambda:D("a.b.c"))
attempt(L,"token/subject-missing",lambda:jwt.decode(jwt.encode({"iss":"a"},s),s,algorithms=["HS256"],options={"require":["sub"]}))
attempt(L,"token/audience-setting-missing",lambda:jwt.decode(E(),s,algorithms=["HS256"]))
attempt(L,"token/key-kind-wrong",lambda:D(jwt.encode(c,priv,algorithm="RS256"),"secret",alg=["RS256"]))
attempt(L,"token/key-kind-wrong",lambda:jwt.encode(c,pub,algorithm="HS256"))
attempt(L,"token/key-unknown",lambda:jwt.PyJWKSet.from_dict({"keys":[]}))
attempt(L,"token/key-set-unreachable",lambda:jwt.PyJWKClient("http://127.0.0.1:9/jwks").get_signing_key("key-2025"))
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); jwt.encode(c,"short",algorithm="HS256")
    for x in w: rows.append(dict(library=L,explanation="token/secret-too-short",text=f"{x.category.__name__}: {x.message}"))
from jose import jwt as pj
L="python-jose"
attempt(L,"token/expired",lambda:pj.decode(E({"exp":now-600}),s,algorithms=["HS256"],audience="orders-api"))
attempt(L,"token/not-yet-valid",lambda:pj.decode(E({"nbf":now+600}),s,algorithms=["HS256"],audience="orders-api"))
attempt(L,"token/signature-invalid",lambda:pj.decode(E(),o,algorithms=["HS256"],audience="orders-api"))
attempt(L,"token/algorithm-refused",lambda:pj.decode(E(),s,algorithms=["HS512"],audience="orders-api"))
attempt(L,"token/audience-refused",lambda:pj.decode(E(),s,algorithms=["HS256"],audience="x"))
attempt(L,"token/issuer-refused",lambda:pj.decode(E(),s,algorithms=["HS256"],audience="orders-api",issuer="x"))
attempt(L,"token/malformed",lambda:pj.decode("nonsense",s))
import authlib.jose as aj
L="Authlib"
def av(t,key,**o):
    cl=aj.jwt.decode(t,key,claims_options=o or None); cl.validate(); return cl
attempt(L,"token/expired",lambda:av(E({"exp":now-600}),s))
attempt(L,"token/signature-invalid",lambda:av(E(),o))
attempt(L,"token/issuer-refused",lambda:av(E(),s,iss={"essential":True,"value":"x"}))
attempt(L,"token/subject-missing",lambda:av(jwt.encode({"iss":"a"},s),s,sub={"essential":True}))
attempt(L,"token/algorithm-refused",lambda:aj.JsonWebToken(["RS256"]).decode(E(),s))
attempt(L,"token/malformed",lambda:av("nonsense",s))
attempt(L,"token/not-yet-valid",lambda:av(E({"nbf":now+600}),s))
from jwcrypto import jwt as jc, jwk
L="jwcrypto"
key=jwk.JWK(kty="oct",k=__import__("base64").urlsafe_b64encode(s.encode()).decode().rstrip("="))
key2=jwk.JWK.generate(kty="oct",size=256)
attempt(L,"token/expired",lambda:jc.JWT(jwt=E({"exp":now-600}),key=key))
attempt(L,"token/signature-invalid",lambda:jc.JWT(jwt=E(),key=key2))
attempt(L,"token/audience-refused",lambda:jc.JWT(jwt=E(),key=key,check_claims={"aud":"x"}))
attempt(L,"token/malformed",lambda:jc.JWT(jwt="nonsense",key=key))
from joserfc import jwt as jr
from joserfc.jwk import OctKey
L="joserfc"
ok=OctKey.import_key(s)
def rv(t,key=ok,**kw):
    tk=jr.decode(t,key,algorithms=kw.pop("algs",["HS256"])); jr.JWTClaimsRegistry(**kw).validate(tk.claims); return tk
attempt(L,"token/expired",lambda:rv(E({"exp":now-600})))
attempt(L,"token/signature-invalid",lambda:rv(E(),OctKey.import_key(o)))
attempt(L,"token/algorithm-refused",lambda:rv(E(),algs=["HS512"]))
attempt(L,"token/issuer-refused",lambda:rv(E(),iss={"essential":True,"value":"x"}))
attempt(L,"token/subject-missing",lambda:rv(jwt.encode({"iss":"a"},s),sub={"essential":True}))
for r in rows: r["version"]=version(r["library"]); print(json.dumps(r))
