package store
import ("testing";"encoding/json";"bytes";"os";"fmt";"context";"math/rand/v2")
func TestExplore(t *testing.T){
 s:=fresh(t)
 for n:=range 3 { begin(t,s,n,40) }
 for i:=range 30 { keep(s,i%3,writer(i%2),number(1,i),fmt.Sprintf("later %d",i)) }
 s.SetDraft(context.Background(),interviewID(1),"half a sen")
 before,_:=os.ReadFile(s.path)
 prev:=mustVerify(t,s)
 keep(s,0,writer(1),number(2,2),"last")
 now:=mustVerify(t,s)
 jn,_:=json.Marshal(now); jp,_:=json.Marshal(prev); _ = before
 file,_:=os.ReadFile(s.path)
 fmt.Println("size",len(file))
 p:=t.TempDir()+"/f.db"
 s2:=&Store{p}
 var same,older,reported,panics int
 for at:=range pagesOf(file)*4096 {
  if os.Getenv("PART")=="root" { k:=order(file); if at/4096!=k {continue} }
  g:=append([]byte(nil),file...)
  g[at]^=byte(1+rand.IntN(255))
  os.WriteFile(p,g,0600)
  fmt.Fprintf(os.Stderr,"\r%d",at)
  err:=s2.Verify(context.Background())
  if err!=nil { reported++; continue }
  c,err2:=read(s2)
  if err2!=nil { t.Errorf("at %d: Verify passes, read: %v",at,err2); continue }
  x,_:=json.Marshal(c); if bytes.Equal(x,jn) {same++; continue}
  if bytes.Equal(x,jp) {older++; if at>=8192 {t.Errorf("%d older",at)}; continue}
  t.Errorf("at %d (page %d+%d): silently different",at,at/4096,at%4096)
 }
 fmt.Println(same,older,reported,panics)
}
func eq(a,b content) bool { x,_:=json.Marshal(a); y,_:=json.Marshal(b); return bytes.Equal(x,y) }

func order(file []byte) int { p:=&head{}; f,_:=os.CreateTemp("",""); f.Write(file); p.file=f; p.meta(); return int(p.root) }
