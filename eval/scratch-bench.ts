import { basePrior, createState, observeZone, forecastShare, answerZone, CONSTANTS, LIVE_BYTES, STATE_PACKED, STATE_SIZE } from '@kickstand/domain'
const Z=1_000_000, L=20_000
const st=createState(Z,[basePrior()])
st.columns.capacity.fill(12)
const N=600_000
let best=9
for(let r=0;r<4;r++){const t=process.hrtime.bigint()
for(let i=0;i<N;i++){const row=(i*7919)%L; const min=29_000_000+r*1440+i/N*1440; observeZone(st,row,0,(i*31)%13,min,(min/60)%168,.15)}
const s=Number(process.hrtime.bigint()-t)/1e9; best=Math.min(best,s); console.log('observe',(s/N*1e6).toFixed(3),'us')}
const out=new Float64Array(2)
for(const h of [33,34,150]){const t=process.hrtime.bigint(); let sum=0
for(let i=0;i<Z;i++){forecastShare(st,i,29_010_000,h*12,CONSTANTS,out); sum+=out[0]}
console.log('sweep',Number(process.hrtime.bigint()-t)/1e9,'s',sum/Z)}
console.log(LIVE_BYTES, 4*(STATE_SIZE+STATE_PACKED), st.learned.count)
