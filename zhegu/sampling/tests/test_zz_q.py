import pytest, time
from zhegu.sampling.tests.make import *
from zhegu.sampling import actions
from zhegu.sampling.actions import TubeRef
from zhegu.sampling.actions import samples as S
from zhegu.journal import actions as J
pytestmark = pytest.mark.django_db
def timed(obj,name,acc):
    f=getattr(obj,name)
    def w(*a,**k):
        t=time.process_time()
        try: return f(*a,**k)
        finally: acc[name]=acc.get(name,0)+time.process_time()-t
    setattr(obj,name,w)
def test_bulk():
    day=Day(grids=15,each=0)
    N=10000
    g=[day.grid(i+1) for i in range(15)]
    Person.objects.bulk_create([Person(community=day.community,grid=g[i%15],name="x",added=MORNING,code=new_resident_code()) for i in range(N)])
    day.people=list(Person.objects.select_related("grid"))
    t=time.process_time(); day.open(); print("open",time.process_time()-t)
    acc={}
    for n in ("_write","_write_tubes","_hand_cards","_tubes","_undone_before","outcomes","_take","_sample","_tube","_verdicts"): timed(S._Taking,n,acc)
    timed(S,"lines_locked",acc); timed(J,"_record",acc); timed(J,"_answered",acc)
    timed(J.chain,"append",acc)
    for rep in range(2):
        acc.clear()
        half=day.people[rep*5000:(rep+1)*5000]
        tubes=[TubeRef(new_id(),f"T{i}",10) for i in range(500)]
        sw=[day.swab(p,tube=tubes[i//10],position=i%10+1) for i,p in enumerate(half)]
        t=time.process_time()
        r=actions.take_samples(by=day.scope.actor,scope=day.scope,samples=sw)
        print("take 5000",time.process_time()-t)
        print({k:round(v,3) for k,v in acc.items()})
    t=time.process_time()
    r=actions.take_samples(by=day.scope.actor,scope=day.scope,samples=sw)
    print("replay 5000",time.process_time()-t)
    sw=[day.swab(p,position=i%10+1,tube=TubeRef(new_id(),"x",10)) for i,p in enumerate(half[:200])]
    t=time.process_time()
    for s in sw: actions.take_samples(by=day.scope.actor,scope=day.scope,samples=[s])
    print("single ms",(time.process_time()-t)/200*1000)
