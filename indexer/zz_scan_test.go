package indexer
import ("testing";"youju/report";"fmt";"sort";"strings")
func TestScanPlaces(t *testing.T){
 g:=report.Places()
 for _,f:=range sharedFiles(t){ docs,err:=Read(f,mustRead(t,f)); if err!=nil{continue}
  for _,d:=range docs{ cnt:=map[string]int{}; ex:=map[string]string{}
   for _,it:=range d.Items{ x:=squash(it.Heading+"|"+it.Text); for _,m:=range g.Find(x,d.Place){ cnt[m.Name]++; if ex[m.Name]=="" { r:=[]rune(x[:m.Start]); r2:=[]rune(x[m.End:]); ex[m.Name]=string(r[max(0,len(r)-5):])+"["+x[m.Start:m.End]+"]"+string(r2[:min(5,len(r2))]) } } }
   var ks []string; for k:=range cnt{ks=append(ks,k)}; sort.Slice(ks,func(i,j int)bool{return cnt[ks[i]]>cnt[ks[j]]})
   var out []string; for _,k:=range ks{out=append(out,fmt.Sprintf("%s%d:%s",k,cnt[k],ex[k]))}
   fmt.Println(d.Place.Name(),d.Year,d.Kind,len(d.Items),strings.Join(out,"  "))
  } }
}
